insert into t (id, at) values (2,'2026-01-06');
