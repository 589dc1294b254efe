-- roles: ada, "Bob B"
create table "T t" (a int);
grant select (tableoid), select (a) on "T t" to "Bob B" with grant option;
grant select (ctid) on "T t" to public;
create table u (a int);
grant update on u to ada;
grant select (ctid), select (a) on u to ada;
create materialized view m as select a from u;
grant select (ctid) on m to ada;
