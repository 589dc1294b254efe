insert into prices values (1, 5, row(1, 'EUR'), 'a');
