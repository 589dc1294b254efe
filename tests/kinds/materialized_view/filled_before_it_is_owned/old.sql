create table old (id integer, a text);
create statistics looks on (id is null), (a is null) from old;
create materialized view "M m" as select id from old;
create index on "M m" (id);
create materialized view reads as select id from "M m";
alter materialized view reads owner to pg_monitor;
