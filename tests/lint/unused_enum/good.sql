create type a as enum ('a');
create type b as enum ('a');
create type c as enum ('a');
create table t (x a);
create function f(b) returns int language sql return 1;
create view v as select 'a'::c as c;
