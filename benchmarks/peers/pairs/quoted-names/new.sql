-- Columns, constraints, an index and a view with quoted, mixed-case and reserved names
create schema "Sales";
create type "Sales"."Order State" as enum ('New', 'it''s done', 'Paid "twice"');
create table "Sales"."Order" (
    "Id" bigint primary key,
    "user" varchar(80) not null,
    "Order State" "Sales"."Order State" not null default 'New',
    "Total %" numeric not null default 0,
    constraint "Total: 0..100" check ("Total %" between 0 and 100)
);
create unique index "Order user" on "Sales"."Order" (lower("user"), "Id");
create view "Sales"."All ""Orders""" as select "Id", "user" as "User" from "Sales"."Order";
create function "Sales"."Do It"("In" text) returns text language sql immutable as $$ select upper("In") $$;
