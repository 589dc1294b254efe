create type pair as (a integer, b integer);
create function lt(pair, pair) returns boolean language sql immutable return true;
create operator <<< (function = lt, leftarg = pair, rightarg = pair, commutator = >>>, negator = !<<, merges);
create operator >>> (function = lt, leftarg = pair, rightarg = pair, commutator = <<<);
create operator !<< (function = lt, leftarg = pair, rightarg = pair, negator = <<<);
create view v as select row(1, 1)::pair <<< row(2, 2)::pair as x;
