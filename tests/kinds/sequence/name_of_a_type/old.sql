create schema "S ""1""";
create type kept as enum ('a');
create domain gone as integer;
create type many as range (subtype = integer, multirange_type_name = "Many ranges");
create type "S ""1"""."Goes" as enum ('a');
create sequence comes_with increment by -2 cache 5;
create table uses (a kept, b gone);
