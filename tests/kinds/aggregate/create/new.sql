create table t (id int);
create function add(int, int) returns int language sql immutable as 'select $1 + $2';
create function fin(int) returns text language sql immutable as 'select $1::text';
create aggregate "Sum ""x"""(int) (sfunc = add, stype = int, finalfunc = fin, initcond = '0', combinefunc = add, parallel = safe);
create aggregate many(*) (sfunc = int8inc, stype = int8, initcond = '0');
create aggregate pct(float8 order by int) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
create view v as select "Sum ""x"""(id), many(*) from t;
comment on aggregate many(*) is 'many';
