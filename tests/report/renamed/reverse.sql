\set ON_ERROR_STOP on
-- Reverse migration for PostgreSQL 18, by schemadiff
-- from schema.sql (AFTER)
-- to   shop (BEFORE)
-- deletes rows or values:
--     drop table public.fresh
-- restores: lossless

begin;
set local search_path = '';
set local check_function_bodies = off;
alter table public.people rename constraint people_id_not_null to users_id_not_null;
drop table public.fresh;
alter sequence public.people_id_seq rename to users_id_seq;
alter index public."people_E-mail_idx" rename to users_mail_idx;
alter table public.people rename constraint people_pkey to users_pkey;
alter table public.people rename column "E-mail" to mail;
alter type public.mood rename value 'unhappy' to 'sad';
alter table public.people rename to users;
commit;
