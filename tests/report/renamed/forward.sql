\set ON_ERROR_STOP on
-- Forward migration for PostgreSQL 18, by schemadiff
-- from shop (BEFORE)
-- to   schema.sql (AFTER)
-- deletes rows or values: nothing

begin;
set local search_path = '';
set local check_function_bodies = off;
alter table public.users rename to people;
alter type public.mood rename value 'sad' to 'unhappy';
alter table public.people rename column mail to "E-mail";
alter table public.people rename constraint users_pkey to people_pkey;
alter index public.users_mail_idx rename to "people_E-mail_idx";
alter sequence public.users_id_seq rename to people_id_seq;
create table public.fresh (
    id integer
);
alter table public.people rename constraint users_id_not_null to people_id_not_null;
commit;
