create schema "S 2";
create collation "S 2"."Co l" (provider = libc, locale = 'POSIX');
create domain "D" as text;
create table t (id integer, a "D" collate "S 2"."Co l");
create table p (id integer, a "D" collate "S 2"."Co l") partition by list (a);
create table p1 partition of p for values in ('q', 'r');
