create schema "S ""1""";
create function "S ""1"""."Cmp"(integer, bigint) returns integer language sql immutable as 'select sign($1 - $2)::integer';
create function cmp2(integer, integer) returns integer language sql immutable as 'select sign($2 - $1)::integer';

create operator family "S ""1"""."Fam ""x""" using btree;
alter operator family "S ""1"""."Fam ""x""" using btree add operator 1 < (integer, bigint), operator 3 = (integer, bigint), function 1 (integer, bigint) "S ""1"""."Cmp"(integer, bigint);
create operator family pts using gist;
alter operator family pts using gist add operator 15 <-> (point, point) for order by float_ops;
