create table t (id int primary key, a int not null);
comment on index t_pkey is 'kept';
alter table t cluster on t_pkey;
alter table t replica identity using index t_pkey;
