create table t (a integer primary key);
create publication p for all tables with (publish = 'insert');
comment on publication p is 'kept';
