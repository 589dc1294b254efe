create schema "S ""1""";
create table "S ""1"""."Other" (id integer constraint counter primary key, n integer);
create index "Whole" on "S ""1"""."Other" (n);
create sequence "S ""1"""."Key" owned by "S ""1"""."Other".n;
create table holder (one "S ""1"""."Other", many "S ""1"""."Other"[]);
