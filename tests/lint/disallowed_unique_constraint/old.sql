create table "T" ("A" int, b int not null);
