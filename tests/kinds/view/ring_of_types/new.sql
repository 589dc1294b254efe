create type "Mood" as enum ('a', 'b');
create domain small as int check (value < 10);
create table "T" (id small primary key, m "Mood");
create view "V" with (security_barrier) as select id, m from "T";
create function "F"(x int, y "Mood" default 'a') returns table (a int, b "Mood") language sql stable
    begin atomic select v.id, v.m from "V" v where v.id > x and v.m = y; end;
create procedure p(x int, inout y int) language sql begin atomic select count(*)::int + x from "F"(1); end;
create or replace view "V" with (security_barrier) as select id, m, (select count(*) from "F"(2)) as n from "T";
create view w as select * from "V";
create rule r as on insert to "V" do instead nothing;
grant select on "V" to public;
comment on column "V".n is 'counted';
