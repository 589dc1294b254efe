-- roles: case_ann, case_bob
create table t (a int);
alter table t owner to case_ann;
