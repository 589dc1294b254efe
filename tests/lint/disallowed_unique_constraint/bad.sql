-- strategy: simple
-- finds: constraint public.T.key; constraint public.T.pk
create table "T" ("A" int constraint key unique, b int not null constraint pk primary key);
