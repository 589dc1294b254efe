insert into holds (id) values (1);
