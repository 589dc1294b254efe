create table p (a int, b int);
create table "Leaves" (a int, b int) inherits (p);
alter table "Leaves" add constraint k check (a > 0) not valid;
create table leaves_too (a int, b int, constraint k check (a > 0)) inherits (p);
create table joins (a int, b int, constraint k check (a > 0));
create table joins_too (a int, b int);
alter table joins_too add constraint k check (a > 0) not valid;
alter table p add constraint k check (a > 0) not valid;
