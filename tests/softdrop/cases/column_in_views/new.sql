create table t (id int, b int);
create view v as select id, b from t;
create function total() returns bigint language sql begin atomic select sum(b) from t; end;
alter table t enable row level security;
