create schema other;
create schema "An other";
create type more as enum ('new', 'old');
create function kept(more) returns more language sql as 'select $1';
create domain "An other".known as more constraint kept check (kept(value) is not null);
create table t (one "An other".known, many "An other".known[]);
