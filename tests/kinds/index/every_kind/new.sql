create table t (id int, a text, b jsonb, c int[]);
create unique index "I 1" on t (a collate "C" desc nulls last, id) include (c) nulls not distinct where id > 0 and a <> 'it''s';
create index i2 on t using gin (b jsonb_path_ops) with (fastupdate = off);
create index i3 on t using hash (a);
create index i4 on t using brin (id) with (pages_per_range = 4);
create index i5 on t (lower(a), (b ->> 'x'));
create index i6 on t (a text_pattern_ops) with (fillfactor = 70, deduplicate_items = off);
alter index i5 alter column 1 set statistics 500;
comment on index "I 1" is 'one';
