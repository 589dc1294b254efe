create table "T" (id int);
create table kept (id int, x int);
