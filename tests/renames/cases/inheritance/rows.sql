insert into heir values (1, 'h', 9, 2); insert into base values (3, 'r'); insert into last values (4, 'l', 9, 5, 6);
