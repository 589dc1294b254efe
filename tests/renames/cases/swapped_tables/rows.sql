insert into a values (1, 'a'); insert into b values (1, 1); insert into "C" values (7);
