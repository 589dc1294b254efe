create table t (id int);
create view v with (security_invoker) as select id from t;
create view w as select id from t where id > 0 with cascaded check option;
