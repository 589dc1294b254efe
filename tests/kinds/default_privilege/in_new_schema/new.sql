-- roles: alice
create table t (id int);
create schema s;
alter default privileges in schema s grant select on tables to alice;
create table s.t (id int);
