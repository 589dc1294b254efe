create table p (a int, b int);
create table "Leaves" (a int, b int, constraint k not null a);
create table leaves_too (a int, b int);
alter table leaves_too add constraint k not null a not valid;
create table joins (a int, b int, constraint k not null a) inherits (p);
create table joins_too (a int, b int, constraint k not null a) inherits (p);
alter table p add constraint k not null a not valid;
