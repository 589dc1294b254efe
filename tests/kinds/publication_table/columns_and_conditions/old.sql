create table t (a integer primary key, b text, "C" text, d integer);
alter table t replica identity full;
create table u (a integer primary key, b text, c text);
create publication p for table t where (d > 1 and b <> 'x'), u (a, c) with (publish = 'insert');
