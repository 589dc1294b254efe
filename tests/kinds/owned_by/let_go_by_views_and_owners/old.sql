-- roles: case_ann, case_bob
create schema "S";
create view "S"."V w" as select 1 as "A a", 2 as b;
create sequence "S".s1 owned by "S"."V w"."A a";
create view w as select 3 as z;
create sequence stays owned by w.z;
create table t (a int default nextval('stays'), b int);
create table given (a int, b int, c int);
create sequence freed owned by given.a;
create sequence follows owned by given.b;
create sequence of_another owned by given.c;
alter table given owner to case_ann;
create table gone (a int);
create sequence left_over owned by gone.a;
alter table gone owner to case_ann;
create table made_anew (a int);
create sequence of_what_is_made_anew owned by made_anew.a;
alter table made_anew owner to case_ann;
