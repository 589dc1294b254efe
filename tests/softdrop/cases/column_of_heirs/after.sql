insert into h (id, x) values (7,8);
