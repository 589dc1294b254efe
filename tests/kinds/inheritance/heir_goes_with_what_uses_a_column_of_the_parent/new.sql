create schema "Other";
create table "Other".base (id integer, day date);
