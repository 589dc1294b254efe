-- finds: column public.T.C
create table "T" (id int);
