create function f(int) returns int language sql as 'select 1';
create function f(int, int default 3) returns int language sql as 'select 4';
create table t (a int default f(1, 2));
