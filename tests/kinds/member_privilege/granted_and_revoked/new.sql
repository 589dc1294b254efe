-- roles: ada, "Bob B"
create extension hstore;
grant execute on function hstore(text, text) to ada with grant option;
revoke execute on function akeys(hstore) from public;
grant usage on type hstore to "Bob B";
create extension pg_stat_statements;
revoke select on pg_stat_statements from public;
grant select (queryid) on pg_stat_statements to ada;
revoke all on type hstore from current_user;
