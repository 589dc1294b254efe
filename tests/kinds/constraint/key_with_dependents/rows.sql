insert into r values (1, 2, 'x');
insert into t values (1);
