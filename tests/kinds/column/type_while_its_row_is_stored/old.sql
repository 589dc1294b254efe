create table part (a int, "B" text, c int);
create table heir (d int) inherits (part);
create domain whole as heir;
create type pair as (l whole, r whole);
create table t (p pair[]);
create type e as enum ('x', 'y');
create table labelled (e e, es e[]);
create table u (l labelled);
