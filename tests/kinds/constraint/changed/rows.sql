insert into r values (1, 1);
insert into t values (1, 2, 3, 1);
