insert into a values (1); insert into b values (2); select nextval('s'), nextval('s2'), nextval('s2');
