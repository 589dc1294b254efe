create schema "S";
create conversion "S"."Conv ""1""" for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create conversion kept for 'LATIN2' to 'UTF8' from iso8859_to_utf8;
comment on conversion kept is 'old';
