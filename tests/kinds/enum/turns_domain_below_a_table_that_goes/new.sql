create schema "S 2";
create domain "en" as text check (value in ('a0','a','b','c'));
create table "S 2".t (id int not null, k text not null, c "en");
create view "S 2"."C v" as select k::int as z from "S 2".t;
