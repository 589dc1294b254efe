-- roles: ada
create extension pg_stat_statements;
grant update on pg_stat_statements to ada;
grant select (queryid), update (queryid) on pg_stat_statements to ada with grant option;
