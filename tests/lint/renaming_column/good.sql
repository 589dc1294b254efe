-- schemadiff: renamed from t
create table u (id int, old int);
