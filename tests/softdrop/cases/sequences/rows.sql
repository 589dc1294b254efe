insert into t values (default, 1), (default, 2);
