-- finds: index public.b; index public.i"2
create table t (a int, b text constraint b_key unique);
create index "i""1" on t (a desc) where a > 0;
create index "i""2" on t (a desc) where a > 0;
create unique index b on t (b);
