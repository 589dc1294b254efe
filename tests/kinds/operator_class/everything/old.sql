create schema "S ""1""";
create function "S ""1"""."Cmp"(integer, bigint) returns integer language sql immutable as 'select sign($1 - $2)::integer';
create function cmp2(integer, integer) returns integer language sql immutable as 'select sign($2 - $1)::integer';

create operator class "S ""1"""."Cls" for type integer using btree as
    operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 cmp2(integer, integer);
create operator class small for type integer using btree as operator 3 =, function 1 cmp2(integer, integer);
comment on operator class small using btree is 'old';
create table t (a integer, b integer);
create index i on t (a "S ""1"""."Cls", b);
create index j on t (b small);
