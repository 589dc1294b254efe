-- roles: ada, "Bob B"
revoke execute on function pg_sleep(double precision) from public;
grant execute on function pg_read_file(text), pg_sleep(double precision) to "Bob B";
grant select, update on pg_authid to ada;
grant select (rolname) on pg_authid to "Bob B" with grant option;
grant select (rolsuper) on pg_authid to current_user;
grant select on pg_stat_activity to ada;
revoke select on pg_roles from public;
grant usage on schema pg_catalog to "Bob B";
revoke usage on language sql from public;
revoke usage on type int4 from public;
grant usage on type "char" to ada;
revoke execute on function count("any") from public;
revoke all on function pg_reload_conf() from current_user;
