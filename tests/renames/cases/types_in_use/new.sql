-- schemadiff: renamed from mood
create type feeling as enum ('a', 'b');
-- schemadiff: renamed from level
create domain grade as feeling check (value <> 'b');
-- schemadiff: renamed from pair
create type two as (
    -- schemadiff: renamed from x
    one integer,
    y feeling);
-- schemadiff: renamed from span
create type reach as range (subtype = integer);
create table t (m feeling[] default '{a}', l grade, p two, s reach, q reach_multirange default reach_multirange(reach(1, 2)));
create function f(feeling, two) returns setof grade language sql return null::grade;
create function num(feeling) returns integer language sql immutable return 1;
create cast (feeling as integer) with function num(feeling);
create view v as select (p).one as x, (p).y from t where m[1] = 'a' and s && reach(1, 4);
create table typed of two;
