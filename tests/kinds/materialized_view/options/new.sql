create table t (id int);
create materialized view m with (fillfactor = 80, autovacuum_enabled = false) as select id from t;
