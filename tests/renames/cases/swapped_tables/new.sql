-- schemadiff: renamed from a
create table b (id integer constraint a_pkey primary key, x text);
-- schemadiff: renamed from b
create table "C" (id integer constraint b_pkey primary key, y integer constraint b_y_fkey references b (id));
-- schemadiff: renamed from "C"
create table a (z integer);
create view v as select b.x, "C".y from b join "C" using (id);
