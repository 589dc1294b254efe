-- strategy: simple
-- finds: not null public.T.A
create table "T" ("A" int not null);
