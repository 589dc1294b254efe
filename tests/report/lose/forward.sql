\set ON_ERROR_STOP on
-- Forward migration for PostgreSQL 18, by schemadiff
-- from shop (BEFORE)
-- to   schema.sql (AFTER)
-- deletes rows or values:
--     alter table public.course drop column notes
--     drop table public.review

begin;
set local search_path = '';
set local check_function_bodies = off;
CREATE OR REPLACE FUNCTION public.price()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select 2$function$;
alter table public.course alter column title type character varying(100);
alter table public.course drop column notes;
drop table public.review;
commit;
