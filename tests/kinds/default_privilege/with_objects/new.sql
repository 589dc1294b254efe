-- roles: alice
alter default privileges grant select on tables to alice;
alter default privileges revoke execute on functions from public;
alter default privileges grant usage on sequences to alice;
create table t (id int);
create table u (id serial);
create function f() returns int language sql as 'select 1';
create view v as select 1 as x;
create type e as enum ('a');
