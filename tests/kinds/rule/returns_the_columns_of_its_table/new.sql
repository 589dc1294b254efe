create schema "Other";
create table log (x text);
create table "Other"."T" (a int, "B b" text);
create rule "R" as on insert to "Other"."T" do instead insert into log values (new.a) returning 7, log.x;
create table filled (a int, u uuid default gen_random_uuid());
create rule r as on update to filled do instead insert into log values (new.a) returning 1, gen_random_uuid();
create view v as select a, "B b", 1 as n from "Other"."T";
create rule v as on delete to v do instead delete from log where x = old."B b"::text returning 1, x, 3;
