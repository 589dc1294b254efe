-- finds: enum public.un"used
create type "un""used" as enum ('a');
comment on type "un""used" is 'Nobody''s';
create type used as enum ('a');
create table t (x used[]);
