-- roles: "New owner"
create schema "S x";
create table "S x"."T" (a int, "B" text);
create function "S x".f() returns int language sql as 'select 1';
create type "S x".e as enum ('a');
create sequence "S x".s;
create view "S x".v as select 1 as one;
alter schema "S x" owner to "New owner";
alter table "S x"."T" owner to "New owner";
alter function "S x".f() owner to "New owner";
alter type "S x".e owner to "New owner";
alter sequence "S x".s owner to "New owner";
alter view "S x".v owner to "New owner";
grant all on schema "S x" to "New owner" with grant option;
grant all on "S x"."T", "S x".v, "S x".s to "New owner" with grant option;
grant select ("B") on "S x"."T" to "New owner" with grant option;
grant all on function "S x".f() to "New owner" with grant option;
grant all on type "S x".e to "New owner" with grant option;
