-- finds: table public.T
create table kept (id int, x int);
