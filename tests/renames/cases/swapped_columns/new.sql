create table t (
    -- schemadiff: renamed from a
    b integer not null default 1,
    -- schemadiff: renamed from b
    a integer,
    -- schemadiff: renamed from c
    d text,
    -- schemadiff: renamed from d
    e text constraint t_d_check check (e <> 'd'));
create index i on t (b, a);
create view v as select b as a, a as b from t;
