\set ON_ERROR_STOP on
-- Reverse migration for PostgreSQL 18, by schemadiff
-- from schema.sql (AFTER)
-- to   shop (BEFORE)
-- deletes rows or values: nothing
-- restores: lossless

begin;
set local search_path = '';
set local check_function_bodies = off;
drop trigger "Touch course" on public.course;
CREATE TRIGGER touch_course BEFORE UPDATE ON public.course FOR EACH ROW EXECUTE FUNCTION public.touch();
commit;
