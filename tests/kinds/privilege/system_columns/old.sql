-- roles: ada, "Bob B"
create table "T t" (a int);
create table u (a int);
grant select, update on u to ada;
grant select (ctid), select (a) on u to ada;
create materialized view m as select a from u;
