create table t (id int);
create policy p on t using (id > 0);
alter table t enable row level security;
create table u (id int);
