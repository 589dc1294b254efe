-- roles: alice, bob
create table t (id int);
alter table t owner to alice;
grant select on t to bob;
revoke delete on t from alice;
