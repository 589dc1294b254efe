create schema "S 2";
create type e as enum ('a');
create type "Co mp" as (x bigint);
create type h as (w int, v "Co mp");
create table "S 2".typed of "Co mp" (primary key (x));
