create table t (id int primary key with (fillfactor = 70), a int unique);
