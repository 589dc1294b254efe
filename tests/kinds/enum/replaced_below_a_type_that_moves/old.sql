create schema "S 2";
create type "E" as enum ('a', 'b', 'c');
create type "S 2".pair as (x "E", "Y" text);
create domain "S 2".d as "E";
create type holder as (w "S 2".pair);
create table t (id integer primary key, a "E", d "S 2".d, p "S 2".pair[]);
create table heir () inherits (t);
