-- finds: column public.t.a; column s.T.B
create table t (a varchar(3));
create schema s;
create table s."T" ("B" varchar(3)[]);
