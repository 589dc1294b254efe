-- finds: table public.T
create unlogged table "T" (id int);
