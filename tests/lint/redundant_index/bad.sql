-- finds: index public.a; index public.lower; index public.on_parts; index public.x
create table "T" (a int, b int, c text, x int constraint x_key unique);
create index a on "T" (a);
create index a_b on "T" (a, b);
create index lower on "T" (lower(c));
create index lower_a on "T" (lower(c), a);
create index x on "T" (x);
create table parts (a int, b int) partition by list (a);
create table part partition of parts for values in (1);
create index on_parts on parts (a);
create index on parts (a, b);
