insert into t values (1); insert into kept values (2, 2);
