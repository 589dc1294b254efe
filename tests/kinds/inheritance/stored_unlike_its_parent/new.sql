create schema "Other";
create table keep ();
create table "Other"."Base" ("Text" text, body text);
create table "Other".heir () inherits ("Other"."Base");
create table both_ways ("Text" text) inherits ("Other"."Base");
alter table only "Other"."Base" alter column "Text" set compression pglz;
alter table only "Other"."Base" alter column body set storage external;
