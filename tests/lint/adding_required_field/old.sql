create table "T" (a int, old int not null);
