insert into lines values (1, 'on', 2), (2, 'off', 3);
