-- finds: column public.t.a
create table t (a money, b numeric(10, 2));
