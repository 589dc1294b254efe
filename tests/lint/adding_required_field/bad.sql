-- finds: column public.T.B
create table "T" (a int, old int not null, "B" int not null);
