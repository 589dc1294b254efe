create table t (zz int not null, "c d" bigint default 7,"Col" text generated always as (("c d"::text || 'x')) stored) partition by list (zz);
create table t_p partition of t for values in (1);
