create type state as enum ('on');
create table lines (n numeric, g int generated always as (case when n is null then 1 else 2 end) stored);
create table "Holder" (a text, held state);
