-- roles: case_fam
create schema "S ""1""";
create function "S ""1"""."Cmp"(integer, bigint) returns integer language sql immutable as 'select sign($1 - $2)::integer';
create function cmp2(integer, integer) returns integer language sql immutable as 'select sign($2 - $1)::integer';

create operator family "S ""1"""."Fam ""x""" using btree;
comment on operator family "S ""1"""."Fam ""x""" using btree is 'new';
alter operator family "S ""1"""."Fam ""x""" using btree owner to case_fam;
create operator family gone using gist;
