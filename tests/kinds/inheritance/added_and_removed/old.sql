create table a (id int);
create table b (id int, y int);
create table c (y int) inherits (a);
