\set ON_ERROR_STOP on
-- Forward migration for PostgreSQL 18, by schemadiff
-- from shop (BEFORE)
-- to   schema.sql (AFTER)
-- deletes rows or values: nothing

begin;
set local search_path = '';
set local check_function_bodies = off;
create type "public"."status" as enum ('queued', 'ready');
create table public.video (
    id integer not null,
    course_id integer not null,
    status public.status default 'queued'::public.status not null,
    constraint video_pkey PRIMARY KEY (id)
);
alter table public.video add constraint video_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.course(id) ON DELETE CASCADE;
CREATE INDEX video_status ON public.video USING btree (status);
comment on table public.video is 'A lesson''s video';
alter table public.course add not null title not valid;
commit;

begin;
set local search_path = '';
set local check_function_bodies = off;
alter table public.course validate constraint course_title_not_null;
commit;
