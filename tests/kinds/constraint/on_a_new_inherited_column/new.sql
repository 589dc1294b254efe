create table one (a int, "N" text);
create table "Two" (b int, unique ("N"), check ("N" <> '')) inherits (one);
create index i on "Two" (lower("N"));
create view v as select "N" from "Two";
