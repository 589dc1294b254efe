-- roles: case_a, case_b
create schema "S 2";
create table "S 2".t (id integer, b bigint, c bigint);
alter table "S 2".t owner to case_a;
create table "S 2".u (id integer);
alter table "S 2".u owner to case_b;
create sequence "S 2"."Came";
alter sequence "S 2"."Came" owner to case_b;
create sequence "S 2".moved owned by none;
alter sequence "S 2".moved owner to case_b;
alter sequence "S 2".moved owned by "S 2".u.id;
create sequence "S 2".kept;
alter sequence "S 2".kept owner to case_a;
