-- roles: owner_of_types
create schema "S x";
create type "S x"."Money type";
create function "S x".money_in(cstring) returns "S x"."Money type" language internal immutable strict as 'int8in';
create function "S x".money_out("S x"."Money type") returns cstring language internal immutable strict as 'int8out';
create function "S x".money_recv(internal) returns "S x"."Money type" language internal immutable strict as 'int8recv';
create type "S x"."Money type" (
    internallength = 8, input = "S x".money_in, output = "S x".money_out, receive = "S x".money_recv,
    alignment = double, passedbyvalue, category = 'N', preferred = true, default = '7', delimiter = ';'
);
comment on type "S x"."Money type" is 'money';
alter type "S x"."Money type" owner to owner_of_types;
revoke all on type "S x"."Money type" from public;
create function "S x".plus("S x"."Money type", "S x"."Money type") returns "S x"."Money type" language internal immutable strict as 'int8pl';
create operator "S x".+ (leftarg = "S x"."Money type", rightarg = "S x"."Money type", function = "S x".plus);
create cast ("S x"."Money type" as bigint) without function;
create table "S x".keep (id int, m "S x"."Money type" default '3', ms "S x"."Money type"[]);
create view "S x".v as select m operator("S x".+) m as twice from "S x".keep;
create domain "S x".d as "S x"."Money type";
