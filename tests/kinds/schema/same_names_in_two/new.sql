create schema a;
create schema b;
create table a.t (id int primary key, x bigint default 1);
create table b.t (id int primary key, x int);
create index t_x on b.t (x);
create function a.f() returns int language sql as 'select 1';
create function b.f() returns bigint language sql as 'select 3::bigint';
