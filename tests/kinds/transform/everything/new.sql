create schema "S";
create type "S"."Pair" as (a integer, b integer);
create function "S"."From"(internal) returns internal language internal immutable strict as 'int4abs';
create function from2(internal) returns internal language internal immutable strict as 'int4abs';
create function to1(internal) returns "S"."Pair" language internal immutable strict as 'int4abs';

create transform for "S"."Pair" language sql (from sql with function from2(internal), to sql with function to1(internal));
comment on transform for "S"."Pair" language sql is 'pairs';
