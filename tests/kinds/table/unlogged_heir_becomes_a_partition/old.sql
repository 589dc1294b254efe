create unlogged table t (zz int not null, "c d" bigint generated always as (zz) stored, "Col" text generated always as ((zz::text || 'x')) stored);
create unlogged table t_p () inherits (t);
