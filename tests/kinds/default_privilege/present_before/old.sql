-- roles: alice
alter default privileges grant select on tables to alice;
alter default privileges in schema public grant insert on tables to public;
alter default privileges revoke execute on functions from public;
create table t (id int);
