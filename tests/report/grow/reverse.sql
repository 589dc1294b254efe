\set ON_ERROR_STOP on
-- Reverse migration for PostgreSQL 18, by schemadiff
-- from schema.sql (AFTER)
-- to   shop (BEFORE)
-- deletes rows or values:
--     drop table public.video
-- restores: lossless

begin;
set local search_path = '';
set local check_function_bodies = off;
alter table public.course alter column title drop not null;
drop table public.video;
drop type "public"."status";
commit;
