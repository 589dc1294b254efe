create type state as enum ('off', 'on');
create table lines (id int, "S" state default 'off', more int default 3);
create table "Holder" (line lines);
create table plain (id int, more int default 4);
create table "Later" (lines plain[]);
