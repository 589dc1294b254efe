insert into holds (id, one, whole) values (1, row(1), row(2));
