create schema "S ""1""";
create table "S ""1"""."Whole" (id integer constraint "Key" primary key, n integer);
create index "Other" on "S ""1"""."Whole" (n);
create sequence "S ""1""".counter owned by "S ""1"""."Whole".n;
create table holder (one "S ""1"""."Whole", many "S ""1"""."Whole"[]);
