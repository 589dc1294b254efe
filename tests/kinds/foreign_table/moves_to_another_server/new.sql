create foreign data wrapper w;
create server s1 foreign data wrapper w;
create server s2 foreign data wrapper w;
create foreign table t (a integer options (k '1'), b text) server s2;
create function f() returns setof t language sql as 'select * from t';
