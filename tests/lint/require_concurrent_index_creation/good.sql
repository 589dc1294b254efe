create table "T" ("A" int);
create index "I" on "T" ("A");
create table new (id int);
create index on new (id);
