create table one (a int, x int);
create table "Two" (b int) inherits (one);
