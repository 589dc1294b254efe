create schema "S";
create type "S"."Pair" as (a integer, b integer);
create type "S".other as (a integer, b integer);
create function "S"."To text"("S"."Pair") returns text language sql immutable as 'select ($1).a::text';
create function make(integer) returns "S"."Pair" language sql immutable as 'select row($1, $1)::"S"."Pair"';

create cast ("S"."Pair" as text) with function "S"."To text"("S"."Pair") as assignment;
create cast (integer as "S"."Pair") with function make(integer) as implicit;
comment on cast (integer as "S"."Pair") is 'new';
create cast ("S".other as "S"."Pair") with inout as assignment;
create table t (a "S"."Pair" default 7);
