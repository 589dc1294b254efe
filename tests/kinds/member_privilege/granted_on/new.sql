-- roles: granter_one, "Granter 2", granter_three
alter role granter_one nosuperuser;
alter role "Granter 2" nosuperuser;
alter role granter_three nosuperuser;
create extension pg_stat_statements;
grant update on pg_stat_statements to granter_one;
grant select (queryid), update (query) on pg_stat_statements to granter_one with grant option;
grant update on pg_stat_statements to "Granter 2";
grant select (queryid) on pg_stat_statements to granter_three with grant option;
