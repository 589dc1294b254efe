insert into t values (1, 2, 3); insert into u values (1, 'a', 2); insert into v (own) values (4);
