create type e as enum ('a', 'b');
create domain d as e;
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table "F" (e e, es e[], d d, t text, i int, x date) server s;
