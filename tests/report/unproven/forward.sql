\set ON_ERROR_STOP on
-- schemadiff: forward migration for PostgreSQL 18
-- from shop (6b782020b63da12fa9b1ba4d39580c61)
-- to   schema.sql (aec4bd1e9427e5c5fa1c8281c083bd49)
-- deletes rows or values: nothing

begin;
set local search_path = '';
set local check_function_bodies = off;
alter table public.course add column title text;
grant SELECT on TABLE public.course to public;
commit;
