create table "T" ("A" int constraint key unique, b int not null constraint pk primary key);
create table new (id int primary key);
