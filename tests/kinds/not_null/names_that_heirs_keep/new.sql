create schema "Other";
create table "Other"."T" (a int not null, b int not null);
create table heir () inherits ("Other"."T");
create table "Other".u (x int);
create table "T" (a int, b int not null);
