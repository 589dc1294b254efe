create schema "My Schema";
create table "My Schema"."The ""Table""" ("Id" int primary key, "a%s b" text);
create index "An Index" on "My Schema"."The ""Table""" ("a%s b");
create table "My Schema".keep ("Old Column" int not null unique default 4, id int);
create table "My Schema"."öäü" (id int);
