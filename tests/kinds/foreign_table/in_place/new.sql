-- roles: case_ft
create schema "Far ""away"".ö";
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table "Far ""away"".ö"."select" (
    a bigint options (column_name 'it''s', came '1'), "B" text options ("Key" 'true') collate "C", d date,
    constraint positive check (a > 0)
) server s options (table_name 'T2', "Came" 'x');
comment on foreign table "Far ""away"".ö"."select" is 'new';
alter foreign table "Far ""away"".ö"."select" owner to case_ft;
grant insert ("B") on "Far ""away"".ö"."select" to public;
