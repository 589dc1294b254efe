create table t (id int);
create view v as select id as b from t;
comment on column v.b is 'id';
