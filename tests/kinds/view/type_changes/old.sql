create table t (id int);
create view v as select id, 'x'::text as a from t;
