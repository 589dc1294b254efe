-- roles: alice, bob
create schema s authorization alice;
create table s.t (id serial);
alter table s.t owner to bob;
create view s.v as select id from s.t;
alter view s.v owner to alice;
create materialized view s.m as select 1 as x;
alter materialized view s.m owner to alice;
create function s.f() returns int language sql as 'select 1';
alter function s.f owner to alice;
create type s.e as enum ('a');
alter type s.e owner to bob;
create domain s.d as int;
alter domain s.d owner to bob;
create type s.c as (a int);
alter type s.c owner to bob;
create sequence s.q;
alter sequence s.q owner to alice;
