-- roles: Owner, other
alter default privileges grant all on functions to "Owner";
alter default privileges grant select on tables to "Owner" with grant option;
alter default privileges in schema public grant usage on sequences to "Owner", other;
create sequence plain;
