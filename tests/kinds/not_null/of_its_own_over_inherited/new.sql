create schema s;
create table "P p" (id int primary key, v text not null, w text not null, x int constraint "Of parent" not null);
create table s.c1 (primary key (id)) inherits ("P p");
create table s.c2 (constraint "Mine" not null id, constraint other not null v) inherits ("P p");
create table s.c3 () inherits ("P p");
create table s.c4 (not null v, y int not null) inherits (s.c1);
create table s.c5 (id int not null) inherits ("P p");
