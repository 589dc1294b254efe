\set ON_ERROR_STOP on
-- schemadiff: reverse migration for PostgreSQL 18
-- from schema.sql (aec4bd1e9427e5c5fa1c8281c083bd49)
-- to   shop (6b782020b63da12fa9b1ba4d39580c61)
-- deletes rows or values:
--     alter table public.course drop column title
-- restores: lossless

begin;
set local search_path = '';
set local check_function_bodies = off;
revoke SELECT on TABLE public.course from public;
alter table public.course drop column title;
commit;
