insert into "P p" values (1, 2, 1);
insert into one values (1, 3, 2);
insert into "S s"."Below one" values (1, 4, 3, 0);
insert into three values (1, 5, 4, 0);
