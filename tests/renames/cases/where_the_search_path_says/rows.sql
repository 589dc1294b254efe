insert into one.t values (1); insert into two.t values (2); insert into two.u values (3);
