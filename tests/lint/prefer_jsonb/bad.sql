-- finds: column public.t.a
create table t (a json, b jsonb);
