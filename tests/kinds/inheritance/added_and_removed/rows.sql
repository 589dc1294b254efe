insert into b values (1, 2);
insert into c values (3, 4);
