create schema "S 2";
create domain public.en as text check (value in ('c','b','a','A b'));
create type public.comp as (x public.en);
create function "S 2".fn(x public.en, y public.en default 'a') returns bool language sql immutable return x = y;
create table "S 2".t (id int not null, k public.en not null, c public.comp) partition by list (k);
alter table "S 2".t add column g bool generated always as ("S 2".fn(k)) stored;
create index ix on "S 2".t (id) where k = 'a';
create view "S 2"."C v" as select k::text as z from "S 2".t;
