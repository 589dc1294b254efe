create schema "Other";
create type "Other"."Grade" as enum ('low', 'high', 'old');
create table "Held" (id integer, "One" "Other"."Grade", many "Other"."Grade"[]);
