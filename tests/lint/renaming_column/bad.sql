-- finds: column public.t.old
create table t (id int,
    -- schemadiff: renamed from old
    "New" int);
