create table t (id int primary key with (fillfactor = 80), a int unique with (fillfactor = 50), b int unique with (fillfactor = 60) deferrable initially deferred);
