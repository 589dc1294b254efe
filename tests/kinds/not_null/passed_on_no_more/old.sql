create table t (a int, b int, c int);
create table "T h" (own int) inherits (t);
create table h2 (o2 int) inherits ("T h");
alter table t add constraint n1 not null a no inherit;
alter table t add constraint "N 2" not null b no inherit;
