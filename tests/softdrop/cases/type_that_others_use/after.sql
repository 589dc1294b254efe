insert into keep values (2,'sad');
