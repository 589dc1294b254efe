insert into t (id, a, r, up) values (1, 2, 3, 1);
