-- roles: ada
create type "t, 1" as (a int);
create procedure p(a int, b int, c int) language sql as 'select 1';
create procedure p(a "t, 1", out b int) language sql as 'select 1';
create procedure p(a "t, 1", b int) language sql as 'select 1';
create procedure q() language sql as 'select 1';
create procedure r(a int, out b int) language sql as 'select 1';
