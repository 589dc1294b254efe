-- finds: table public.T
create table "T" (id int);
alter table "T" enable row level security;
create policy a on "T" using (id > 0);
create policy "B" on "T" for select using (id < 0);
