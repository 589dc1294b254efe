create table t (id int, c int[]); create type pt as (a int); create table u (id int, c int);
