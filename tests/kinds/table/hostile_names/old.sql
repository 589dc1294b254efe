create table "Weird ""T"".a" (id int primary key);
