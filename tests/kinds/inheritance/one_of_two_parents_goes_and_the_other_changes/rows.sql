insert into "Heir" (id, mark, day, own) values (1, 7, '2024-01-01', 'one');
insert into grandchild (id, mark, day, own) values (2, 8, '2024-01-02', 'two');
