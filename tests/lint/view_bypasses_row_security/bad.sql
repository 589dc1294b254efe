-- finds: materialized view public.m; view public.V; view public.outer; view public.w
create table "T" (id int);
alter table "T" enable row level security;
create view "V" as select * from "T";
create view w with (security_barrier) as select 1 as one from "T";
create view inner_view with (security_invoker) as select * from "T";
create view "outer" as select * from inner_view;
create materialized view m as select id from "T";
