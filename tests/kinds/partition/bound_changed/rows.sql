insert into p1 values (1, 'x');
insert into l1 values ('a');
