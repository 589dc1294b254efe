\set ON_ERROR_STOP on
-- Reverse migration for PostgreSQL 18, by schemadiff
-- from schema.sql (AFTER)
-- to   shop (BEFORE)
-- deletes rows or values: nothing
-- restores: structure only
--     without rows or values: column public.course.notes
--     without rows or values: table public.review

begin;
set local search_path = '';
set local check_function_bodies = off;
CREATE OR REPLACE FUNCTION public.price()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select 1$function$;
create table public.review (
    id integer not null,
    body text,
    constraint review_pkey PRIMARY KEY (id)
);
alter table public.course alter column title type character varying(200);
alter table public.course add column notes text;
commit;
