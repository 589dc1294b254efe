create table t (id int constraint wanted not null, a int not null, b int constraint c not null);
comment on constraint wanted on t is 'why';
