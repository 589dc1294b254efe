-- roles: ada
create type "t, 1" as (a int);
create procedure p(out a int, b int, c int) language sql as 'select 1';
create procedure p(a int, b int, c int) language sql as 'select 1';
comment on procedure p(in int, in int, in int) is 'three';
grant execute on procedure p(out int, int, int) to ada;
create procedure p(a "t, 1", out b int) language sql as 'select 1';
revoke all on procedure p("t, 1", out int) from public;
create procedure q() language sql as 'select 1';
create procedure q(variadic a int[]) language sql as 'select 1';
create procedure r(a int, out b int) language sql as 'select 1';
create procedure r(a int, b int) language sql as 'select 1';
alter procedure r(in int, in int) owner to ada;
