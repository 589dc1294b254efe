create table t (id int, a text);
create materialized view m as select id, a, 1 as one from t;
create index m_a on m (a);
create unique index m_id on m (id);
