create schema "S 2";
create type "S 2"."T" as (a int);
create function g() returns "S 2"."T" language sql begin atomic select 1; end;
create table u (x "S 2"."T" default row(1)::"S 2"."T");
create view v as select row(1)::"S 2"."T" as c;
