create type state as enum ('on', 'off');
create table lines (id int, "S" state);
create table "Holder" (line lines);
create table plain (id int);
