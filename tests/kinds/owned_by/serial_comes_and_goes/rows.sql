insert into a (x) values (3);
