-- schemadiff: renamed from b
create table c (y integer);
-- schemadiff: renamed from a
create table b (x integer);
-- schemadiff: renamed from s2
create sequence s3;
-- schemadiff: renamed from s
create sequence s2;
create sequence s;
