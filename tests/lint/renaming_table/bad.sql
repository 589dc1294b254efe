-- finds: table public.t
-- schemadiff: renamed from t
create table "U" (id int, old int);
