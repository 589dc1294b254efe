create type t as (a int);
create function g(x t) returns text language sql begin atomic select x.a::text as r; end;
create function f(x t) returns text language sql begin atomic select g(x) as r; end;
