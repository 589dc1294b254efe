create schema "Other";
create type "Grade" as enum ('low', 'high');
create table base (id integer);
create table second (mark "Grade", day date not null);
create table heir () inherits (base, second);
create table grandchild () inherits (heir);
