insert into whole values (1, 1), (2, 2);
