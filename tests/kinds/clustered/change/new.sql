create table t (a int, b int primary key);
create index i on t (a);
create table u (a int primary key);
alter table t cluster on t_pkey;
alter table u cluster on u_pkey;
