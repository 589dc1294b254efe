create table t (id bigint);
comment on table t is 'two';
create view v as select id from t;
comment on column v.id is 'id';
