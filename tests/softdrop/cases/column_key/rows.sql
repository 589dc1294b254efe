insert into t (c) values (1),(2); insert into r values (1);
