create table t (id int, x text) with (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
