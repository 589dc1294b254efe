insert into "S x"."T" select n, n, n::text from generate_series(1, 19) n;
insert into f values (1, 1), (11, 11);
insert into plain values (1, 1), (2, 2);
insert into g values (1), (2);
