create type t as (a int, b text);
create function f(x t) returns text language sql begin atomic select x.b as r; end;
