insert into q values (1);
insert into p values (1, 'x', 1), (11, 'y', 1);
