create schema "Other";
create table "Other"."Book" ("First" integer constraint "Known" not null, kept text);
create table paper (a integer constraint x not null, b integer constraint y not null);
create table leaf (a integer constraint taken check (a > 0), b integer not null);
