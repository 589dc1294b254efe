create sequence s;
create function gen() returns text language sql as $$select 'x'$$;
create table t (id int default nextval('s'), a text default gen());
