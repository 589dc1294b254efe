-- roles: alice
create table t (id int, a text);
create view v as select id, a from t;
alter view v alter column a set default 'x';
comment on column v.id is 'id';
grant select (id), update (a) on v to alice;
create materialized view m as select id from t;
comment on column m.id is 'id';
