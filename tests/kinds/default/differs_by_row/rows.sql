insert into "O'Neil"."T" select n, n::text from generate_series(1, 300) n;
insert into plain select generate_series(1, 300);
insert into m select n, '2020-12-01'::date + n from generate_series(1, 100) n;
insert into parent select generate_series(1, 10);
insert into child select n, n from generate_series(1, 10) n;
