create table "T" ("A" int not null);
