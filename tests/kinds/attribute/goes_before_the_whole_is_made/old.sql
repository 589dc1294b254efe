create schema "S 2";
create type "S 2"."T" as (a int, b text);
create function g() returns "S 2"."T" language sql begin atomic select 1, 'x'::text; end;
create table u (x "S 2"."T" default row(1,'x')::"S 2"."T");
create view v as select row(1,'y')::"S 2"."T" as c;
