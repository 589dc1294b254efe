-- in a database
-- finds: index public.fai"led
create table t (a int);
create index "fai""led" on t (a);
create index whole on t (a, a);
update pg_index set indisvalid = false where indexrelid = '"fai""led"'::regclass;
