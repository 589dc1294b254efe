insert into keep values (2);
