insert into a.t values (1,'x'); insert into keep values (1,'x');
