create table t (id int, a text);
create view v as select * from t;
