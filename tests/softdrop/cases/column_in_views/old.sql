create table t (id int, a int, b int, g int generated always as (a * 2) stored);
create view v as select id, a, b from t;
create view w as select a from v;
create function total() returns bigint language sql begin atomic select sum(b) from t; end;
create policy p on t using (a > 0);
alter table t enable row level security;
