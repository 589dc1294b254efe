create schema "S 2";
create type "en" as enum ('a0','a','b','c');
create table public.t (id int not null, k "en" not null, c "en");
create index ix on public.t ((k = 'a'));
create function "S 2".cf("en") returns int language sql immutable return null::int;
create cast ("en" as int) with function "S 2".cf("en");
create view "S 2"."C v" as select k::int as z from public.t;
