create table t (id int);
create materialized view m with (fillfactor = 70) as select id from t;
