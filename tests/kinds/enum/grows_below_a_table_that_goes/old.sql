create schema "S 2";
create type public.en as enum ('a','b');
create table public.t (id int not null, k public.en not null);
create index ix on public.t (k) where k <> 'b';
create view "S 2"."C v" as select k::text as z from public.t;
