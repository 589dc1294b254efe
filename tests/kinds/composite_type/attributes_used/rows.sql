insert into t values (1, (1, 'y'), '{"(2,z)"}');
