insert into t (c) values (9);
