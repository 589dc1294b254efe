create schema app;
create type app.state as enum ('a', 'b:x', 'c%s');
create table app.course (
    id bigint primary key, title text not null, state app.state default 'b:x',
    "odd %s :name ${x} ""q""" text default E'\t:x %d \\ ${y}' check ("odd %s :name ${x} ""q""" <> ':name')
);
create table app.video (id integer primary key, course_id bigint not null references app.course (id));
create index video_course on app.video (course_id);
create index course_title on app.course (title);
create function app.body() returns text language sql as $body$
-- migrate:down
--migrate:up transaction:false
select ':name :id ::int %s %% %(x)s {{ name }} ${name} ${flyway:user} \\ \\: 	 "quotes" '''''''
       || $q$ ; commit; begin; """ $q$;
$body$;
create function app.atomic(x integer) returns integer language sql
begin atomic
    select x;
    select x + 1;
end;
create function app.plain() returns trigger language plpgsql as $f$
begin
    perform format('%I :x', 'y'); -- {{ }}
    return new;
end $f$;
create view app.seen as select id, title, state from app.course;
comment on table app.course is 'it''s :here %s ${gone}
-- migrate:down
"""'' \;';
