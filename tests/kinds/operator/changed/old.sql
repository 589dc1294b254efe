-- roles: case_op
create schema "S ""1""";
create type "S ""1"""."Pair" as (a integer, b integer);
create function lt("S ""1"""."Pair", "S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a < ($2).a';
create function gt("S ""1"""."Pair", "S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a > ($2).a';
create function ge("S ""1"""."Pair", "S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a >= ($2).a';
create function neg("S ""1"""."Pair") returns boolean language sql immutable as 'select ($1).a < 0';

create operator <<< (function = lt, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", commutator = >>>, negator = >>>=);
create operator >>> (function = gt, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", commutator = <<<);
create operator >>>= (function = ge, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", negator = <<<);
create operator === (function = ge, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", commutator = ===);
create operator &&& (function = ge, leftarg = "S ""1"""."Pair", rightarg = "S ""1"""."Pair", restrict = eqsel);
create view v as select row(1, 1)::"S ""1"""."Pair" <<< row(2, 2)::"S ""1"""."Pair" as x;
