create table a (id int, x int);
create table b (id int, y int);
