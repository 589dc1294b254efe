-- finds: column public.T.order; table public.T
create table "T" ("order" int, plain int);
