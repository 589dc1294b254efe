create schema "Other";
create table page (id integer, notes jsonb, grade integer generated always as (case when notes is null then 1 else 2 end) stored);
create type bundle as (page page, "Labels" text[]);
create domain "Checked bundle" as bundle check (value is null or (value).page is not null);
create type "Other".box as (content "Checked bundle"[]);
create table kept (id integer, within bundle);
create table "Checked" (content "Checked bundle");
create table "Other"."Boxed" (id integer, boxes "Other".box[]);
create materialized view "Other".seen as select boxes from "Other"."Boxed";
