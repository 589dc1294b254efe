create function f(n int, out a int, out b text) language sql stable begin atomic select n, n::varchar::text; end;
create function g(n int) returns setof int language sql stable begin atomic select a from f(n); end;
create or replace function f(n int, out a int, out b text) language sql stable
    begin atomic select g.n, max(g.n)::varchar::text from g(n) as g (n) group by 1; end;
