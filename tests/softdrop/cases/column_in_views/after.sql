insert into t (id, b) values (5,6);
