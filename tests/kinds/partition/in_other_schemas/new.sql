create schema a;
create schema b;
create table a.p (id int primary key) partition by range (id);
create table b.p partition of a.p for values from (1) to (10);
create table public.p partition of a.p for values from (10) to (20);
