insert into log (at, what) values ('2024-05-05', 'a'), ('2020-02-02', 'b');
