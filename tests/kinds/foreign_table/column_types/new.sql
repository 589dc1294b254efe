create type e as enum ('b', 'a');
create domain d as e;
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table "F" (e e, es e[], d d, t int, i date, x text collate "C") server s;
