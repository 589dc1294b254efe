create schema "Other";
create table "Whole" (id integer, at integer, primary key (id, at)) partition by list (at);
create table first partition of "Whole" for values in (1);
create table refers (whole integer, at integer, foreign key (whole, at) references "Whole");
