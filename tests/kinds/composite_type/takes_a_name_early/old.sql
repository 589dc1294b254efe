create schema "S 2";
create type "La bel" as enum ('a', 'b');
create type pair as (x "La bel", y int);
create table t (id int, c pair);
