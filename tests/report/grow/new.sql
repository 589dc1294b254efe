create type status as enum ('queued', 'ready');
create table course (id integer primary key, title text not null);
create table video (
    id integer primary key,
    course_id integer not null references course (id) on delete cascade,
    status status not null default 'queued'
);
create index video_status on video (status);
comment on table video is 'A lesson''s video';
