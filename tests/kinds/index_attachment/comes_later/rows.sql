insert into "S 2"."P t" values (1, 'x'), (11, 'y');
