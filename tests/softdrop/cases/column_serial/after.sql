insert into t (id) values (3);
