create table one (a int);
alter table one add constraint c check (a > 0) not valid;
create table two (b int) inherits (one);
create table three (b int) inherits (one);
