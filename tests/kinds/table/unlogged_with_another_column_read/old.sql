create unlogged table paper ("Old" smallint, id integer);
alter table paper add column shown integer generated always as (coalesce("Old", 1)) stored;
