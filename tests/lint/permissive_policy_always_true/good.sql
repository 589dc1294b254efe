create table t (id int);
alter table t enable row level security;
create policy read on t for select using (true);
create policy own on t for update using (true) with check (id > 0);
create policy strict on t as restrictive using (true);
