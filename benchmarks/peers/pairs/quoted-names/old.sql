create schema "Sales";
create type "Sales"."Order State" as enum ('New', 'it''s done');
create table "Sales"."Order" (
    "Id" bigint primary key,
    "user" text not null,
    "Order State" "Sales"."Order State" not null default 'New'
);
create index "Order user" on "Sales"."Order" ("user");
create function "Sales"."Do It"("In" text) returns text language sql immutable as $$ select "In" $$;
