insert into t values (1, 2, 'x', 3.14, '{1,2}', 'abc', '2024-01-01');
