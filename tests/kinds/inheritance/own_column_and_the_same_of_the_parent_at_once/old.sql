create type grade as enum ('low', 'high');
create table base (id integer);
create table heir () inherits (base);
