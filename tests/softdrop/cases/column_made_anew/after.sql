insert into t (id) values (4);
