insert into t values (1);
insert into "Other"."Heir" values (2);
insert into p values (1);
insert into filled values (1);
insert into filled_heir values (2);
