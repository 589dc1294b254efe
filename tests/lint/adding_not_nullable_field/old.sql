create table "T" ("A" int);
