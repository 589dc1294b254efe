create table a (id int, x int);
create function f(a) returns int language sql as 'select 1';
create table b (a a, as_ a[]);
