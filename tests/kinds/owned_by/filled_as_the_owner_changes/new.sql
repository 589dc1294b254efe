-- roles: case_ann, case_bob
create table t (a int, id serial);
alter table t owner to case_bob;
