create schema "S ""1"".x";
create schema b;
create table b.t (a integer, b integer);
create publication p for tables in schema "S ""1"".x", b;
create publication q for table b.t (a);
