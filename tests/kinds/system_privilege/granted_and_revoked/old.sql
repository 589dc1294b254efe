-- roles: ada, "Bob B"
grant select on pg_stat_activity to ada with grant option;
grant usage on language sql to ada;
