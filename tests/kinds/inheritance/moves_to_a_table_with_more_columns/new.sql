create table one (a int, b text not null, c int default 3);
create table two (d jsonb, e int not null);
create table heir () inherits (one);
