create type "Inner" as (x bigint, y text);
create type outer_ as (i "Inner", n int);
create domain outermost as outer_;
create table t (o outermost, l outer_[]);
create type e as enum ('b', 'a');
create domain d as e;
create type k as (d d, e e);
create domain kk as k;
create table u (k kk, ds d[]);
