create table t (a int unique, b int not null, constraint t_pkey primary key (b));
