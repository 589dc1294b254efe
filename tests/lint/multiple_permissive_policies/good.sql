create table t (id int);
alter table t enable row level security;
create policy a on t for insert with check (id > 0);
create policy b on t for select using (id < 0);
create policy c on t as restrictive using (id < 0);
