create schema "Other";
create table "Other"."Book" (kept text, "Second" integer[] constraint "Known" not null);
create table paper (a integer constraint y not null, b integer constraint x not null);
create table leaf (a integer, b integer constraint taken not null);
