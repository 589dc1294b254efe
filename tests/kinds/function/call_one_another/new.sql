create schema "Other";
create table t (id int);
create function "Other"."Even"(n int, step int default 1) returns bool language sql immutable return n = 0;
create function odd(n int) returns bool language sql immutable
    begin atomic select case when n = 0 then false else "Other"."Even"(n - 1) end; end;
create or replace function "Other"."Even"(n int, step int default 1) returns bool language sql immutable
    begin atomic select case when n = 0 then true else odd(n - step) end; end;
create procedure told(n int, inout said text) language sql begin atomic select odd(n)::text; end;
create view v as select id, odd(id) as is_odd from t;
comment on function odd(int) is 'the other one';
grant execute on function odd(int) to public;
