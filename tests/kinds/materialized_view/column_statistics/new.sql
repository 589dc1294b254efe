create table t (id int, a text);
create materialized view m as select id, a from t;
alter materialized view m alter column a set statistics 10;
alter materialized view m alter column a set storage external;
