create table "T" (id int, "C" varchar(80));
