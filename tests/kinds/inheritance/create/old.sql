create table a (id int primary key, x text);
create table b (id int, x text, y int);
