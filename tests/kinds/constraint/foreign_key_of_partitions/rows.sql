insert into "R" values (1, 1), (2, 2);
insert into p values (1, 1, 1), (2, 2, 2), (3, null, 2);
