create schema other;
create type state as enum ('new');
create function kept(state) returns state language sql as 'select $1';
create domain other.known as state constraint kept check (kept(value) is not null);
create table t (one other.known, many other.known[]);
