insert into p values (1,'p'); insert into c values (2,'c',3); insert into d values (4,'d',5);
