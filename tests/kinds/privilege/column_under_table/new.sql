-- roles: alice
create table t (id int, a text);
grant select (a) on t to alice;
grant insert (id) on t to alice;
