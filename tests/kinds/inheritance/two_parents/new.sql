create table a (id int, x int);
create table b (id int, y int);
create table c (z int) inherits (a, b);
alter table a add column w int default 3;
