create table one (a int not null, b text);
create table two (b text, c int default 3);
create table "The Heir" () inherits (one, two);
