create table t (id int, a text);
create materialized view m as select id, a from t;
create index m_a on m (a);
create view v as select a from m;
create materialized view n as select a from v;
comment on materialized view m is 'm';
grant select on m to public;
