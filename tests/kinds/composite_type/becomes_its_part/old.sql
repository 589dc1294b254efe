create type label as enum ('a', 'b', 'c');
create type pair as (x label);
create function pair_label(pair) returns label language sql as 'select $1.x';
create cast (pair as label) with function pair_label(pair);
create table t (id integer, c pair, l label);
