insert into t values (default);
insert into r values (1);
