create table t (id int,
    -- schemadiff: renamed from old
    new int);
