create table t (id int primary key, a text, b text collate "C");
create index t_a on t (a);
create view v as select a from t;
