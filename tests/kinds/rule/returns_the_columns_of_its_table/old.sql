create schema "Other";
create table log (x text);
create table "Other"."T" (a int, "B b" int);
create rule "R" as on insert to "Other"."T" do instead insert into log values (new.a) returning 7, 5;
create table filled (a int);
create view v as select a, "B b" from "Other"."T";
create rule v as on delete to v do instead delete from log where x = old."B b"::text returning 1, 2;
