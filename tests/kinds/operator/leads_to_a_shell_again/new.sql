create operator ~~~~ (function = int4eq, leftarg = int, rightarg = int, negator = !~~~~);
create operator <~~ (function = int4lt, leftarg = int, rightarg = int, commutator = ~~>);
create table t (id int, constraint same check (id ~~~~ 1), constraint less check (id <~~ 7));
create view v as select id <~~ 1 as less, id > 1 as more from t;
