insert into p select n, n from generate_series(1, 11) n where n < 10 or n = 11;
