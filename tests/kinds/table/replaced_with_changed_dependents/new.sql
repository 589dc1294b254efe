create table "T" (k int, b text) partition by range (k);
create procedure p() language sql begin atomic delete from "T" where k is null; end;
create view v as select k as a, b from "T";
create table heir_user (x int);
create policy l on heir_user using (exists (select from "T" where "T".k = x));
create view w as select k as a from "T";
create view m as select k, 2 as a from "T";
create function f() returns bigint begin atomic select count(*) from m where k > 1; end;
