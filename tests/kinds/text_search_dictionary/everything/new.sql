-- roles: case_dict
create schema "S";
create text search dictionary "S"."Dict ""1""" (template = snowball, language = german, stopwords = german);
create text search dictionary kept (template = simple, accept = false);
alter text search dictionary kept owner to case_dict;
create text search configuration c (parser = "default");
alter text search configuration c add mapping for asciiword with "S"."Dict ""1""", kept;
alter text search configuration c add mapping for word with simple;
comment on text search dictionary kept is 'new';
create table t (a text);
create index i on t using gin (to_tsvector('public.c', a));
