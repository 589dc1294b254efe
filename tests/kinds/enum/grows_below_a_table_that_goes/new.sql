create schema "S 2";
create type public.en as enum ('a','b','z','c');
create table "S 2".t (id int not null, k public.en not null);
create view "S 2"."C v" as select k::text as z from "S 2".t;
