insert into t select n, n + 10, int4range(n, n + 1) from generate_series(1, 20) n;
