create schema "S x";
create table "S x"."T" (a int, "B" text);
create unique index "I x" on "S x"."T" ("B", a);
