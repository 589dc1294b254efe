create table "T" (id int);
create view "V" as select id from "T";
create function f(x int) returns int language sql immutable begin atomic select count(*)::int + x from "V"; end;
alter table "T" add g int generated always as (f(id)) stored;
create view w as select * from "V";
