create table t (a integer);
-- schemadiff: renamed from b
alter table only t add column if not exists bb integer;
-- schemadiff: renamed from t_a
alter table only t
    add constraint "T_a" check (a > 0);
create type e as enum ('x');
-- schemadiff: renamed from y
alter type e add value 'z';
create type c as ();
alter type c
    -- schemadiff: renamed from a
    add attribute aa integer;
