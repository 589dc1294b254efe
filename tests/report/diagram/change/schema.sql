create table course (id bigint primary key, title text not null, price integer not null, level text default 'all');
create index course_title on course (title);
create table lesson (id bigint primary key, course_id bigint not null references course (id) on delete cascade);
create table tag (id integer primary key, name text);
create table course_tag (course_id bigint references course (id) on delete cascade, tag_id integer, primary key (course_id, tag_id));
create table event (id bigint, at date) partition by range (at);
create table event_2025 partition of event for values from ('2025-01-01') to ('2026-01-01');
create table kept (id integer primary key);
