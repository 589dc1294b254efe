create schema "S 2";
create type public.en as enum ('a','b','c','d');
create type public.comp as (x public.en);
create table public.t (id int not null, k public.en not null, c public.comp) partition by list (k);
create view "S 2"."C v" as select k::text as z from public.t;
