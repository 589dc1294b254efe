create table one (a int not null, b text);
create table two (b text, c int default 3);
create table "The Heir" (a int not null, b text, c int default 3);
