create table one (a int);
create table two (b int) inherits (one);
