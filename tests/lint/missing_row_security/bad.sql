-- finds: table public.For"gotten; table public.part
create table t (id int) partition by list (id);
alter table t enable row level security;
create table part partition of t for values in (1);
create table "For""gotten" (id int);
create schema other;
create table other.apart (id int);
