create table parts (a int) partition by list (a);
create table part partition of parts for values in (1);
create index on only parts (a);
