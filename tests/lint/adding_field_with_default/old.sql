create table "T" (a int);
