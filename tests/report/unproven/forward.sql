\set ON_ERROR_STOP on
-- Forward migration for PostgreSQL 18, by schemadiff
-- from shop (BEFORE)
-- to   schema.sql (AFTER)
-- deletes rows or values: nothing

begin;
set local search_path = '';
set local check_function_bodies = off;
alter table public.course add column title text;
grant SELECT on table public.course to public;
commit;
