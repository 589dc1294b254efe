create schema "Other";
create table base (id integer, mark bigint, more text, constraint "Some" check (mark > 0));
create table "Other"."Second" (id integer, day date, note text);
create table "Heir" (day date, own text) inherits (base);
create table grandchild () inherits ("Heir");
