-- schemadiff: renamed from base
create table root (
    -- schemadiff: renamed from a
    n integer not null constraint base_a_check check (n > 0),
    -- schemadiff: renamed from b
    s text default 'x');
create table other (z integer);
-- schemadiff: renamed from heir
create table child (
    -- schemadiff: renamed from c
    k integer) inherits (root, other);
create table last (d integer) inherits (child);
create view v as select n as a, s as b, k as c from child;
