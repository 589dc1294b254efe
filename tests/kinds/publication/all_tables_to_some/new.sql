create table t (a integer primary key);
create publication p for table t with (publish = 'insert');
comment on publication p is 'kept';
