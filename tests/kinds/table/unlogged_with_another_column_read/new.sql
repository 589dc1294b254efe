create table paper (id integer, "New part" integer);
alter table paper add column shown integer generated always as (coalesce("New part", 1)) stored;
