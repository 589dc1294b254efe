create schema app;
create type app.state as enum ('a');
create table app.course (id integer primary key, title text, state app.state default 'a');
insert into app.course values (1, 'Weaving');
create function app.body() returns text language sql as 'select 1::text';
create view app.seen as select id, title from app.course;
