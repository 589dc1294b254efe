-- finds: policy public.t.everything; policy public.t.wr"ite
create table t (id int);
alter table t enable row level security;
create policy everything on t using (true);
create policy "wr""ite" on t for insert with check (true);
