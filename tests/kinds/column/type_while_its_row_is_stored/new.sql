create table part (a bigint, "B" varchar(20), c int);
create table heir (d date) inherits (part);
create domain whole as heir;
create type pair as (l whole, r whole);
create table t (p pair[]);
create type e as enum ('y', 'x');
create table labelled (e e, es e[]);
create table u (l labelled);
