create function twice(int) returns int language sql immutable as 'select $1 * 2';
create table t (id int primary key, a int, c int generated always as (twice(a)) stored);
create index t_twice on t (twice(a));
