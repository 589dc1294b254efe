create table o (id int primary key);
create table "T" ("A" int);
