create schema "Other";
create table "Other"."Book" ("Id" integer);
create sequence "Other"."Numbers" owned by "Other"."Book"."Id";
create sequence counts;
create unlogged sequence quick;
create unlogged table leaf (id integer, n integer);
alter sequence counts owned by leaf.id;
alter sequence quick owned by leaf.n;
