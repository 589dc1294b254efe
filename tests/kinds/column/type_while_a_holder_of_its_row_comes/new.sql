create type state as enum ('off', 'on');
create type pair as (a bigint, s state);
create table lines (id int, s state, n bigint);
create table "Holder" (lines lines[], p pair);
create domain positive as pair check ((value).a > 0);
create type nest as (x lines);
create table "Nested" (n nest);
