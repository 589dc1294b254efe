insert into a values (1),(2); insert into t values (1,1,null),(2,2,1); insert into b values (1,1);
