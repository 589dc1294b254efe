create table t (id int);
create view v as select id::bigint, 'x'::varchar as a from t;
