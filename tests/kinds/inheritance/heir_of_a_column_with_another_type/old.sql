create schema "Other";
create table "Other"."Base" (day date, gone integer);
