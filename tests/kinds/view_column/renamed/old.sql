create table t (id int);
create view v as select id as a from t;
comment on column v.a is 'id';
