create type mood as enum (
    -- schemadiff: renamed from sad
    'unhappy',
    'ok'
);
-- schemadiff: renamed from users
create table people (
    id serial primary key,
    -- schemadiff: renamed from mail
    "E-mail" text,
    felt mood
);
create index on people ("E-mail");
create table fresh (id integer);
