-- finds: constraint public.t.t_a_b_key; index public.C
create table t (a int not null, b int, c int, unique (a, b));
create unique index "C" on t (c);
