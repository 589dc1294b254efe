insert into r values (1, 1), (2, 2);
