\set ON_ERROR_STOP on
-- Forward migration for PostgreSQL 18, by schemadiff
-- from shop (BEFORE)
-- to   schema.sql (AFTER)
-- deletes rows or values: nothing

begin;
set local search_path = '';
set local check_function_bodies = off;
drop trigger touch_course on public.course;
CREATE TRIGGER "Touch course" BEFORE UPDATE ON public.course FOR EACH ROW EXECUTE FUNCTION public.touch();
commit;
