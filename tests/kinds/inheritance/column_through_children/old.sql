create table a (id int, x int);
create table b (y int) inherits (a);
create table c () inherits (b);
