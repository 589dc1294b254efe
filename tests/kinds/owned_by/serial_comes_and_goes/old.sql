create table a (id serial primary key, x int);
