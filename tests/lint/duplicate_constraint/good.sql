create table t (x int, constraint a check (x > 0));
create table u (x int, constraint a check (x > 0), constraint b check (x > 1));
create table heir () inherits (t);
