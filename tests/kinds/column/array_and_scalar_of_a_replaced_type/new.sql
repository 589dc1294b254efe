create schema "Other";
create type "Other"."Grade" as enum ('high', 'low');
create table "Held" (id integer, "One" "Other"."Grade"[], many "Other"."Grade");
