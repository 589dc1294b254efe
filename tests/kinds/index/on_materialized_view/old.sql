create table t (id int, a text);
create materialized view m as select id, a from t;
create index m_a on m (a);
