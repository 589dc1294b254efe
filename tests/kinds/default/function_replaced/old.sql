create function gen() returns text language sql as $$select 'x'$$;
create table t (id int, a text default gen());
create index i on t (a);
