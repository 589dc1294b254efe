-- finds: column public.T.A; column public.T.c
create table "T" ("A" bigint, b varchar(10), c numeric(5, 2));
