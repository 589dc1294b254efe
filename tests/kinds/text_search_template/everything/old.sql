create schema "S";
create text search template "S"."Tpl ""1""" (lexize = dsimple_lexize);
create text search template kept (lexize = dsimple_lexize);
