create table t (a int, b text);
create materialized view "M" with (toast.autovacuum_enabled = true, toast.vacuum_truncate = false) as select a, b from t;
create materialized view comes with (toast.vacuum_truncate = false) as select b from t;
create materialized view replaced with (toast.vacuum_truncate = false, parallel_workers = 2) as select b, a from t;
create materialized view ordered with (fillfactor = 50, parallel_workers = 2, autovacuum_enabled = false) as select a, b from t;
