-- roles: alice
create schema s;
create table s.t (id int);
create sequence s.q;
create view s.v as select 1 as x;
create type s.e as enum ('a');
create domain s.d as int;
create function s.f() returns int language sql as 'select 1';
create procedure s.p() language sql as 'select 1';
create aggregate s.g(int) (sfunc = int4pl, stype = int);
