create function f() returns int language sql security definer set search_path = '' as 'select 1';
create function g() returns int language sql security definer set search_path = public, pg_temp as 'select 1';
create function h() returns int language sql as 'select 1';
