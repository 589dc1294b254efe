insert into of_plain values (1, 2, 3);
