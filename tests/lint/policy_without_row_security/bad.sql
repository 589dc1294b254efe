-- finds: table public.T
create table "T" (id int);
create policy "p""q" on "T" using (id > 0);
