create table "T" ("A" int, b varchar(10), c numeric);
