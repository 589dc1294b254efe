create schema "Other";
create sequence "Other"."order";
create table "Other".u (id int generated always as identity (sequence name "Other".d));
create sequence r;
create type back as enum ('a');
create table t (n int, id int generated always as identity);
