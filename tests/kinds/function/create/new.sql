create table t (id int);
create function "F ""x""."(a int, "B c" text default 'it''s', variadic xs int[] default '{}') returns text
    language sql immutable strict parallel safe cost 7 security definer set search_path = public, pg_temp
    as $$select 'a $b$ ' || a$$;
create function g(out a int, inout b text) language plpgsql as $_$begin a := 1; end$_$;
create function s() returns setof t language sql rows 7 as 'select * from t';
create function tab() returns table (x int, y text) language sql as $$select 1, 'x'$$;
create procedure p(a int, inout b int) language plpgsql as 'begin b := a; end';
create function w(int) returns int language sql window as 'select 1';
