create table t (id int, o int);
