insert into t values ('{a,b}', 'a', '(1,b)', '[1,2)'); insert into typed values (1, 'a');
