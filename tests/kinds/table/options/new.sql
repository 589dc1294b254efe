create table t (id int, x text) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.1, toast.autovacuum_vacuum_threshold = 10);
