create table t (a int, b int not null);
create unique index t_a_key on t (a);
create unique index t_pkey on t (b);
