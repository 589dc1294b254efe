insert into b values (2,1); insert into a values (3);
