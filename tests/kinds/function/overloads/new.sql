create function f(int) returns int language sql as 'select 1';
create function f(text) returns bigint language sql as 'select 2::bigint';
create table t (a int default f(1));
