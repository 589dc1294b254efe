create table t (id int);
comment on table t is 'one';
create view v as select id from t;
comment on column v.id is 'id';
create table gone (id int);
comment on column gone.id is 'x';
comment on schema public is 'mine';
