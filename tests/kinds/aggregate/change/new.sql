create function add(a int, b int) returns int language sql immutable as 'select $1 + $2';
create aggregate total(int) (sfunc = add, stype = int, initcond = '1');
create view v as select total(x) from generate_series(1, 2) x;
