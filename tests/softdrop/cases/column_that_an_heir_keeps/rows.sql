insert into p values (1,'a'); insert into h values (2,'b',3);
