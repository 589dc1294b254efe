create type pair as (a integer, b integer);
create function lt(pair, pair) returns boolean language sql immutable return true;
create operator <<< (function = lt, leftarg = pair, rightarg = pair, commutator = >>>, merges);
create operator >>> (function = lt, leftarg = pair, rightarg = pair, commutator = <<<, negator = !>>);
create operator !>> (function = lt, leftarg = pair, rightarg = pair, negator = >>>);
create operator === (function = lt, leftarg = pair, rightarg = pair, commutator = ===, negator = !==);
create operator !== (function = lt, leftarg = pair, rightarg = pair, negator = ===);
