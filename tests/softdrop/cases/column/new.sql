create table t (id int primary key, x int);
