insert into t values (1,'2026-01-03','a'),(2,'2026-02-03','b');
