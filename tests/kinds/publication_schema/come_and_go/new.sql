create schema "S ""1"".x";
create schema c;
create publication p for tables in schema c, "S ""1"".x";
create schema b;
create table b.t (a integer, b integer);
create publication q for tables in schema b;
