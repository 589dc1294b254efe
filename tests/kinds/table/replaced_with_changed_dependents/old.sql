create table "T" (a int, b text);
create procedure p() language sql begin atomic delete from "T" where a is null; end;
create view v as select a, b from "T";
create table heir_user (x int);
create policy l on heir_user using (exists (select from "T" where "T".a = x));
create view w as select a from "T";
create materialized view m as select a from "T";
create function f() returns bigint begin atomic select count(*) from m where a > 1; end;
