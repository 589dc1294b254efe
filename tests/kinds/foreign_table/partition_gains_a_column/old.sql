create foreign data wrapper w;
create server s foreign data wrapper w;
create table p (a integer not null, b text) partition by list (a);
create foreign table p1 partition of p for values in (1) server s;
