create function total(x integer, out z text) language sql immutable as $$ select 'one' $$;
create aggregate "Sum" (integer) (sfunc = int4pl, stype = integer);
create table t (id integer, note text default total(1));
