-- roles: alice, bob
create schema s;
alter default privileges for role alice in schema s grant select, insert on tables to bob with grant option;
alter default privileges for role alice grant usage on types to bob;
alter default privileges for role alice grant usage on sequences to public;
alter default privileges for role alice grant usage on schemas to bob;
