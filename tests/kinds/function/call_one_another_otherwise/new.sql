create function f(n int, out a int, out c int) language sql stable begin atomic select n, n; end;
create function g(n int) returns setof int language sql stable begin atomic select a from f(n); end;
create or replace function f(n int, out a int, out c int) language sql stable
    begin atomic select g.n, max(g.n) from g(n) as g (n) group by 1; end;
create view v as select * from f(1);
