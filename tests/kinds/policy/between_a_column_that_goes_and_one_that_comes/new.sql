create unlogged table "T" (b int, come int);
create table s (x int);
create policy p on s using (exists (select from "T" where come = x));
create view v as select come as gone, b from "T";
create view w as select b as gone from "T" where come > 1;
create materialized view m as select gone from v;
create function f() returns int begin atomic select min(gone) as m from v; end;
comment on policy p on s is 'kept';
