-- An extension comes, one goes; an index and a column use what it brings
create schema tools;
create extension pg_trgm with schema tools;
create extension citext;
create table places (id bigint primary key, name text not null, code citext);
create index places_name_idx on places using gin (name tools.gin_trgm_ops);
