create table base (a integer not null check (a > 0), b text default 'x');
create table other (z integer);
create table heir (c integer) inherits (base, other);
create table last (d integer) inherits (heir);
create view v as select a, b, c from heir;
