\set ON_ERROR_STOP on
-- Reverse migration for PostgreSQL 18, by schemadiff
-- from schema.sql (AFTER)
-- to   shop (BEFORE)
-- deletes rows or values:
--     alter table public.course drop column title
-- restores: lossless

begin;
set local search_path = '';
set local check_function_bodies = off;
revoke SELECT on table public.course from public;
alter table public.course drop column title;
commit;
