create schema "Other";
create table base (id bigint, "Mark" integer, more integer[]);
create table "Other".second (day date, came integer not null default 3);
create table heir (own text) inherits (base, "Other".second);
