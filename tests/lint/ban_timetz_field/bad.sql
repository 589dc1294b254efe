-- finds: column public.t.a
create table t (a time with time zone, b timestamptz);
