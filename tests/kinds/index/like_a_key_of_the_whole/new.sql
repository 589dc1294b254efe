create schema "S ""1""";
create table "S ""1"""."Whole" (a integer constraint "key" unique) partition by list (a);
create unique index "A like one" on "S ""1"""."Whole" (a);
create table part partition of "S ""1"""."Whole" for values in (1);
