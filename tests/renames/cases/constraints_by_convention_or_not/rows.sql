insert into t values (2, 1); insert into r values (2, 2);
