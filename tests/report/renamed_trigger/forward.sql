\set ON_ERROR_STOP on
-- schemadiff: forward migration for PostgreSQL 18
-- from shop (712ea52b2449a2373e34d0aab2b9a69e)
-- to   schema.sql (6d0774954f2742cafa2c00739bffc442)
-- deletes rows or values: nothing

begin;
set local search_path = '';
set local check_function_bodies = off;
drop trigger touch_course on public.course;
CREATE TRIGGER "Touch course" BEFORE UPDATE ON public.course FOR EACH ROW EXECUTE FUNCTION public.touch();
commit;
