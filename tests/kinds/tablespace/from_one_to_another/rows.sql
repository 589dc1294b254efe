insert into t select n, repeat('x', 3000) || n from generate_series(1, 9) n;
