create table p (a int, b int);
create table "Leaves" (a int, b int) inherits (p);
alter table "Leaves" add constraint k not null a not valid;
create table leaves_too (a int, b int, constraint k not null a) inherits (p);
create table joins (a int, b int, constraint k not null a);
create table joins_too (a int, b int);
alter table joins_too add constraint k not null a not valid;
alter table p add constraint k not null a not valid;
