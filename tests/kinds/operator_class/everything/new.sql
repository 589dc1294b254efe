-- roles: case_cls
create schema "S ""1""";
create function "S ""1"""."Cmp"(integer, bigint) returns integer language sql immutable as 'select sign($1 - $2)::integer';
create function cmp2(integer, integer) returns integer language sql immutable as 'select sign($2 - $1)::integer';

create operator class "S ""1"""."Cls" for type integer using btree as
    operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 cmp2(integer, integer);
create operator family fam using btree;
create operator class small for type integer using btree family fam as operator 1 >, operator 3 =, function 1 cmp2(integer, integer);
comment on operator class small using btree is 'new';
alter operator class small using btree owner to case_cls;
create operator class pts for type point using gist as storage box, operator 15 <-> (point, point) for order by float_ops;
create operator class bare for type point using gist as storage point;
create table t (a integer, b integer);
create index i on t (a "S ""1"""."Cls", b);
create index j on t (b small);
