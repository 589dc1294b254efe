create schema "S";
create text search template kept (init = dsimple_init, lexize = dsimple_lexize);
comment on text search template kept is 'new';
create text search template "S"."select" (lexize = dsimple_lexize);
create text search dictionary d (template = "S"."select");
