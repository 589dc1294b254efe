create schema "S x";
create table "S x"."T" (a int, "B" int generated always as identity);
