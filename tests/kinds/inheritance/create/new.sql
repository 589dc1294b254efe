create table a (id int primary key, x text, check (x <> ''));
create table b (y int, check (y > 0)) inherits (a);
create table c (z int) inherits (b);
create index b_x on b (x);
