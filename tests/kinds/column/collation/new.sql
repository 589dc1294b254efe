create table t (id int primary key, a text collate "C", b text);
create index t_a on t (a);
create view v as select a from t;
