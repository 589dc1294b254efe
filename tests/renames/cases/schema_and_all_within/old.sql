create schema app;
create type app.mood as enum ('a', 'b');
create table app.users (id integer generated always as identity primary key, m app.mood default 'a');
create function app.f(app.users, app.mood) returns app.mood language sql return $2;
create table app.log (u integer references app.users (id));
create view public.v as select id, m from app.users where m = 'a'::app.mood;
