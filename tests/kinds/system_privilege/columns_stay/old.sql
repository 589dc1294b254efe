-- roles: ada
grant select, update on pg_authid to ada;
grant select (rolname), update (rolname) on pg_authid to ada with grant option;
grant select (rolsuper) on pg_authid to ada;
