insert into t values (1, 2, '{"a": 1}', 'c');
