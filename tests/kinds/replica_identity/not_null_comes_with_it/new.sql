create schema "S x";
create table "S x"."T" (a int not null, "B" text not null);
create unique index "I x" on "S x"."T" ("B", a);
alter table "S x"."T" replica identity using index "I x";
