create foreign data wrapper w;
create server s foreign data wrapper w;
create table p (a integer, b text) partition by list (a);
create foreign table p1 partition of p for values in (1) server s options (o '1');
create table p2 partition of p for values in (2);
create foreign table p3 partition of p for values in (3) server s;
