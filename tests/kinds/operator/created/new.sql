create schema "S ""1""";
create type "S ""1"""."Pair" as (a integer, b integer);
create function lt("S ""1"""."Pair", "S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a < ($2).a';
create function gt("S ""1"""."Pair", "S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a > ($2).a';
create function ge("S ""1"""."Pair", "S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a >= ($2).a';
create function neg("S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a < 0';

create operator "S ""1""".<<< (function = lt, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", commutator = operator("S ""1""".>>>), negator = >>>=, restrict = scalarltsel, join = scalarltjoinsel);
create operator "S ""1""".>>> (function = gt, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", commutator = operator("S ""1""".<<<));
create operator >>>= (function = ge, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", negator = operator("S ""1""".<<<));
create operator @#@ (function = neg, rightarg = "S ""1"""."Pair");
comment on operator @#@ (none, "S ""1"""."Pair") is 'negative';
create table t (a "S ""1"""."Pair" check (a operator("S ""1""".<<<) row(5, 5)::"S ""1"""."Pair"));
