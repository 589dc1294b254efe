create table a (id int, x int, y int);
create function f(a) returns int language sql as 'select 2';
create table b (a a, as_ a[]);
