create table a (id int);
create table b (y int) inherits (a);
create table c (id int, y int);
