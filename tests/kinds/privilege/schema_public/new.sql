-- roles: alice
create table t (id int);
grant create on schema public to alice;
revoke usage on schema public from public;
