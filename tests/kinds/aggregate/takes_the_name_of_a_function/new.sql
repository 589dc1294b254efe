create function adds(a integer, b integer) returns integer language sql immutable as $$ select a + b $$;
create aggregate total(integer) (sfunc = adds, stype = integer, initcond = '0');
create function "Sum" (integer) returns integer language sql immutable as $$ select 1 $$;
create table t (id integer, note text);
