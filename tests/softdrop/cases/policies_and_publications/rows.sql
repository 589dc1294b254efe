insert into t values (1,'a'); insert into keep values (1,null);
