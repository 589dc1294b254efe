insert into "S x"."T" select n, n, n::text from generate_series(1, 19) n;
