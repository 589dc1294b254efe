create schema "Other";
create unlogged table "Other"."Book" ("Id" integer);
create sequence "Other"."Numbers" owned by "Other"."Book"."Id";
create unlogged sequence counts;
create unlogged sequence quick;
create table leaf (id integer, n integer);
alter sequence counts owned by leaf.id;
alter sequence quick owned by leaf.n;
