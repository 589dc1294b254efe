-- roles: case_conf
create schema "S";
create text search configuration kept (copy = simple);
comment on text search configuration kept is 'new';
alter text search configuration kept owner to case_conf;
create text search configuration "S"."select" (parser = "default");
create table t (a text, v tsvector generated always as (to_tsvector('"S"."select"', a)) stored);
