create schema "S 2";
create type "E" as enum ('a', 'c');
create type pair as (x "E", "Y" text);
create domain d as "E";
create type holder as (w pair);
create table t (id integer primary key, a "E", d d, p pair[]);
create table heir () inherits (t);
