create table t (id int, a text);
create materialized view m with (fillfactor = 70) as select id, a from t;
create materialized view n as select id from m with no data;
create unique index m_id on m (id);
comment on materialized view m is 'm';
