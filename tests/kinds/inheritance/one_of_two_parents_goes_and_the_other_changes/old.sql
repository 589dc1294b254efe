create schema "Other";
create table base (id integer, mark integer);
create table "Other"."Second" (id integer, day date);
create table "Heir" (own text) inherits (base, "Other"."Second");
create table grandchild () inherits ("Heir");
