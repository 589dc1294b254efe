-- schemadiff: renamed from a
-- schemadiff: renamed from b
create table c (id integer primary key);
