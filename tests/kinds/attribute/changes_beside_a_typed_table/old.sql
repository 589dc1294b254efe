create schema "S 2";
create type e as enum ('a');
create type "Co mp" as (x e);
create type h as (w int, v "Co mp");
