insert into p values (1,'p'); insert into c values (2,'c',3);
