-- roles: "New owner"
create schema "S x";
create table "S x"."T" (a int, "B" text);
create function "S x".f() returns int language sql as 'select 1';
create type "S x".e as enum ('a');
create sequence "S x".s;
create view "S x".v as select 1 as one;
