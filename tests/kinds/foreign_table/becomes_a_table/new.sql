create table t (a integer, b text);
create view v as select a from t;
