-- schemadiff: renamed from users
create table people (id integer primary key, name text);
create view users as select id, name from people;
create view v as select id from people;
