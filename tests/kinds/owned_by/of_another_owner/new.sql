-- roles: case_a, case_b
create schema "S 2";
create table "S 2".t (id integer, b bigint, c bigint);
create table "S 2".u (id integer);
create table "S 2".v (id integer);
create sequence "S 2"."Came" owned by "S 2".t.b;
create sequence "S 2".moved owned by "S 2".t.c;
create sequence "S 2".kept owned by "S 2".v.id;
alter table "S 2".t owner to case_a;
alter table "S 2".u owner to case_b;
alter table "S 2".v owner to case_b;
