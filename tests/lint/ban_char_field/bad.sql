-- finds: column public.t.a; column public.t.b"c
create table t (a char(3), "b""c" char(2)[], c text, d "char");
create table heir () inherits (t);
