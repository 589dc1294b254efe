create table t (id int);
create extension tablefunc;
