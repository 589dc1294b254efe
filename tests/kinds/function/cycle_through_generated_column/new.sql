create table t (id int);
create function f(x int) returns int language sql immutable return x;
alter table t add g int generated always as (f(id)) stored;
create function h(x int, out a int, out b text) language sql immutable begin atomic select max(g) + x, max(id)::text from t; end;
create or replace function f(x int) returns int language sql immutable return (h(x)).a;
create or replace function h(x int, out a int, out b text) language sql immutable
    begin atomic select max(g) + x, max(id)::text from t where f(id) > 1; end;
