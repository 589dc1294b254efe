create table "T" (gone int, b int);
create table s (x int);
create policy p on s using (exists (select from "T" where gone = x));
create view v as select gone, b from "T";
create view w as select b as gone from "T" where gone > 1;
create materialized view m as select gone from v;
create function f() returns int begin atomic select max(gone) as m from v; end;
comment on policy p on s is 'kept';
