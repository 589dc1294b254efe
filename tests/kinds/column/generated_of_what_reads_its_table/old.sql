create schema "With Space";
create type "With Space".states as enum ('old', 'new');
create table public.parts (room "With Space".states);
create view public.rooms as select p.room from public.parts p;
create function public.next_of("With Space".states) returns "With Space".states immutable
    begin atomic select $1 from public.rooms r where r.room in ('old') limit 1; end;
alter table public.parts add column next "With Space".states generated always as (public.next_of(room)) stored;
