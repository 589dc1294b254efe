create table c (id int not null, v text check (v <> ''), more int);
