create schema "S";
create text search configuration "S"."Conf ""1""" (copy = german);
create text search configuration kept (copy = simple);
comment on text search configuration kept is 'old';
