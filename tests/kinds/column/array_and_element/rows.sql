insert into t values ('sad', 1, 'x', '2020-01-01'), (null, null, null, null);
