insert into t select n, n::text from generate_series(1, 5) n;
