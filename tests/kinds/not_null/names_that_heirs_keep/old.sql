create schema "Other";
create table "T" (a int not null, b int);
create table "Other".u (x int);
