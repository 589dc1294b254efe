-- roles: alice, bob
create function f(int) returns int language sql as 'select 1';
alter function f owner to alice;
revoke execute on function f from public;
grant execute on function f to bob with grant option;
create function g() returns int language sql set work_mem = '2MB' set "my.var" = 'a, b' as 'select 1';
create procedure p(int) language sql as 'select 1';
revoke all on procedure p from public;
comment on procedure p is 'p';
