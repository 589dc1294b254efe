insert into "S x"."T" select n, n, int4range(n, n + 1) from generate_series(1, 50) n;
