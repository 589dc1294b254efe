create schema "Other";
create type "Grade" as range (subtype = double precision);
create table base (id integer);
create table "Other".second (mark "Grade", day date not null);
create table heir () inherits (base, "Other".second);
create table grandchild () inherits (heir);
