-- roles: alice
alter default privileges grant select on tables to alice;
alter default privileges in schema public grant insert on tables to public;
alter default privileges revoke execute on functions from public;
create table t (id int);
create table u (id int);
create table w (id int);
revoke all on w from alice, public;
create function f() returns int language sql as 'select 1';
create function g() returns int language sql as 'select 1';
grant execute on function g to public;
