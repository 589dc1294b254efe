create table t (a int, b text);
create materialized view "M" with (toast.autovacuum_enabled = false, fillfactor = 50) as select a, b from t;
create materialized view goes with (toast.vacuum_truncate = false) as select b from t;
create materialized view replaced with (toast.vacuum_truncate = false) as select b from t;
create materialized view ordered with (autovacuum_enabled = false, fillfactor = 50) as select a, b from t;
