-- roles: alice
create table t (id int, a text);
grant select on t to alice;
grant select (a) on t to alice;
