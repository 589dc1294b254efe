\set ON_ERROR_STOP on
-- schemadiff: reverse migration for PostgreSQL 18
-- from schema.sql (475c9df0d7298a428e473ce9f36a660c)
-- to   shop (0e883ad502a44f03e16f396b6c9869d1)
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
