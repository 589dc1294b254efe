insert into events values (1, '2023-05-01', 'a'), (2, '2024-05-01', 'b');
insert into events_2025 values (3, '2025-05-01', 'c');
