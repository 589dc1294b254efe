create type state as enum ('on', 'off');
create type pair as (a int, s state);
create table lines (id int, s state, n int);
create table gone (line lines);
