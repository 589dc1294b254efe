insert into "S s".p values (1, 1), (2, 2);
insert into "S s".r values (1, 1);
