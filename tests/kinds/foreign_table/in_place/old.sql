-- roles: case_ft
create schema "Far ""away"".ö";
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table "Far ""away"".ö"."select" (
    a integer options (column_name 'A', gone '1'), "B" text collate "C", c numeric(10, 2) default 0 not null,
    constraint positive check (c > 0)
) server s options (table_name 'T', gone 'x');
comment on foreign table "Far ""away"".ö"."select" is 'old';
comment on column "Far ""away"".ö"."select"."B" is 'b';
grant select on "Far ""away"".ö"."select" to case_ft;
