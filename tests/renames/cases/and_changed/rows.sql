insert into users values (1, 2, 'a', 'x');
