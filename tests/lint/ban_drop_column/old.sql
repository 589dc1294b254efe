create table "T" (id int, "C" text);
create table gone (id int);
