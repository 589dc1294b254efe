create schema b;
create type b.e as enum ('x', 'y');
create table b.t (id serial primary key, e b.e default 'x', d date);
create view b.v as select id, e from b.t;
create function b.f(b.t) returns b.e language sql begin atomic select ($1).e; end;
