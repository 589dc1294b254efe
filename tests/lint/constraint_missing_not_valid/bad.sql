-- strategy: simple
-- finds: constraint public.T.fk; constraint public.T.positive
create table o (id int primary key);
create table "T" ("A" int constraint positive check ("A" > 0) constraint fk references o);
