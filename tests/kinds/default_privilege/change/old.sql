-- roles: alice, bob
create schema s;
alter default privileges for role alice in schema s grant select on tables to bob;
alter default privileges for role alice revoke execute on functions from public;
