insert into t (id) values (2);
