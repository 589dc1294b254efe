-- finds: table public.T; table public.heir; table public.parts
create table "T" (id int unique);
create table parts (id int) partition by list (id);
create table part partition of parts for values in (1);
create table keyed (id int primary key);
create table heir () inherits (keyed);
