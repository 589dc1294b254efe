create table t (id int primary key);
create table parts (id int primary key) partition by list (id);
create table part partition of parts for values in (1);
create view v as select 1 as one;
