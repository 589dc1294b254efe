create table t (id int);
create schema "Mixed ""Case"". schema";
create table "Mixed ""Case"". schema"."select" ("from" int primary key, "a.b" text);
create view "Mixed ""Case"". schema"."order by" as select "from", "a.b" from "Mixed ""Case"". schema"."select";
