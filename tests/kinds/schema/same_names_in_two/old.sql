create schema a;
create schema b;
create table a.t (id int primary key, x int);
create table b.t (id int primary key, x int);
create function a.f() returns int language sql as 'select 1';
create function b.f() returns int language sql as 'select 2';
