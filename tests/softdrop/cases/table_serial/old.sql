create table t (id serial primary key, n bigint generated always as identity (start with 5), v text);
create table keep (id int);
