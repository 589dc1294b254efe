create type state as enum ('on');
create table lines (n numeric);
create table "Holder" (a text, held lines);
