insert into t values (1,'gone'); insert into keep values (1,'happy');
