create table t (id int);
alter table t enable row level security;
create schema other;
create table other.apart (id int);
