-- strategy: simple
-- finds: index public.I
create table "T" ("A" int);
create index "I" on "T" ("A");
