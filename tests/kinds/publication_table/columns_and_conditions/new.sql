create table t (a integer primary key, b text, "C" text, d bigint);
alter table t replica identity full;
create table u (a integer primary key, b text, c text);
create publication p for table t (d, "C", a) where (d > 2 and "C" is not null), u with (publish = 'insert');
create publication q for table only t where (d > 1);
