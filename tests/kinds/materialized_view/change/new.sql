create table t (id int, a text);
create materialized view m with (fillfactor = 80) as select id, upper(a) as a from t;
create index m_a on m (a);
create view v as select a from m;
create materialized view n as select a from v;
comment on materialized view m is 'm';
grant select on m to public;
