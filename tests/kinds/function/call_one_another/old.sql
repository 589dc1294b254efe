create schema "Other";
create table t (id int);
