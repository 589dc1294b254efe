create table t (id int primary key, v text) partition by range (id); create table r (t int references t); create view v as select * from t;
