insert into t values (5,'2026-02-09','z',1);
