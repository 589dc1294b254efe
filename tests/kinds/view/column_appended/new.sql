create table t (id int, a text, b int);
create view v as select id, a, b from t where id > 0;
create view w as select id from v;
