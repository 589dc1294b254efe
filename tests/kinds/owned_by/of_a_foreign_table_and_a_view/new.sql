-- roles: case_ann
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table f (a int) server s;
create view v as select 1 as a;
create sequence of_f;
create sequence of_v;
alter table f owner to case_ann;
alter view v owner to case_ann;
alter sequence of_f owner to case_ann;
alter sequence of_v owner to case_ann;
alter sequence of_f owned by f.a;
alter sequence of_v owned by v.a;
create sequence new;
alter sequence new owner to case_ann;
alter sequence new owned by f.a;
