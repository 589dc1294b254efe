create table t (id int);
alter table t enable row level security;
create table open_to_all (id int);
create view v with (security_invoker = true) as select * from t;
create view w with (security_invoker = on) as select * from v;
create view x as select * from open_to_all;
