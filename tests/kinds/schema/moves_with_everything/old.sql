create schema a;
create type a.e as enum ('x', 'y');
create table a.t (id serial primary key, e a.e default 'x', d date);
create view a.v as select id, e from a.t;
create function a.f(a.t) returns a.e language sql begin atomic select ($1).e; end;
