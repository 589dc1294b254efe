create table t (id int primary key, a int, b int, constraint "U x" unique (a));
comment on index t_pkey is 'the index';
comment on constraint t_pkey on t is 'the key';
