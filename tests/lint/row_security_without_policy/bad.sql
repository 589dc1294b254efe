-- finds: table public.T
create table "T" (id int);
alter table "T" enable row level security;
