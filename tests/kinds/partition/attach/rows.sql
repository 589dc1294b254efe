insert into p1 values (1, 'x');
insert into p2 values (11, 'y');
