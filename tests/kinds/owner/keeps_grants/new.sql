-- roles: alice, bob
create table t (id int);
alter table t owner to bob;
grant select on t to alice;
