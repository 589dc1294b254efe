insert into t values (row(1, 'one'), 'happy', '{happy,sad}');
