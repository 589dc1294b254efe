create table t (id int not null, a int not null, primary key (id, a));
comment on index t_pkey is 'kept';
alter table t cluster on t_pkey;
alter table t replica identity using index t_pkey;
