create table t (id int, old int);
