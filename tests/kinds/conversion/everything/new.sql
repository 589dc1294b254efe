-- roles: case_conv
create schema "S";
create default conversion "S"."Conv ""1""" for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create conversion kept for 'LATIN3' to 'UTF8' from iso8859_to_utf8;
comment on conversion kept is 'new';
alter conversion kept owner to case_conv;
