-- roles: case_ann, case_bob
create schema "S";
create sequence stays;
create table t (a int default nextval('stays'), b int);
create table given (a int, b int, c int);
create sequence freed;
create sequence follows;
create sequence of_another;
alter table given owner to case_bob;
alter sequence freed owner to case_ann;
alter sequence follows owner to case_bob;
create sequence left_over;
alter sequence left_over owner to case_ann;
create table made_anew (a int) partition by list (a);
create sequence of_what_is_made_anew;
