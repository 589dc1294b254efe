create schema "Other";
create table "Whole" (id integer, at integer) partition by list (at);
create table first partition of "Whole" for values in (1);
create table "Other".second partition of "Whole" for values in (2);
