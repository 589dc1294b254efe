create table t (id int primary key, gone text, x int);
create index t_gone on t (gone);
create view v as select id, gone from t;
