insert into t values (1);
insert into "H2" values (3);
