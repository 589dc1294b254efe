create function gen(out r text) language sql as $$select 'y'$$;
create table t (id int, a text default gen());
create index i on t (a);
