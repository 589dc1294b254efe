-- roles: alice
create table t (id int);
