-- roles: granter_one, "Granter 2", granter_three
alter role granter_one nosuperuser;
alter role "Granter 2" nosuperuser;
alter role granter_three nosuperuser;
grant update on pg_authid to granter_one;
grant select (rolname), update (rolsuper), select (tableoid) on pg_authid to granter_one with grant option;
grant update on pg_authid to "Granter 2";
grant select (rolname) on pg_authid to granter_three with grant option;
