insert into b.t values (1); insert into a.t values (1); insert into t values (7);
