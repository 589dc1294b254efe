-- roles: alice, bob
create function f(int) returns int language sql as 'select 1';
create function g() returns int language sql set work_mem = '1MB' as 'select 1';
create procedure p(int) language sql as 'select 1';
