create table a (x int, y int not null);
create table b (z int not null) inherits (a);
