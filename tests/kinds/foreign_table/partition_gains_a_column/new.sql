create foreign data wrapper w;
create server s foreign data wrapper w;
create table p (a integer not null, b text, c integer default 1 check (c > 0)) partition by list (a);
create foreign table p1 partition of p for values in (1) server s;
alter foreign table p1 alter a options (add k 'v');
