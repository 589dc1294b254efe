-- roles: ada
grant update on pg_authid to ada;
grant select (rolname), update (rolname) on pg_authid to ada with grant option;
grant select (rolsuper), insert (rolsuper) on pg_authid to ada;
