-- schemadiff: renamed from app
create schema "App ""2""";
-- schemadiff: renamed from mood
create type "App ""2""".feeling as enum ('a', 'b');
-- schemadiff: renamed from app.users
create table "App ""2""".people (id integer generated always as identity primary key,
    -- schemadiff: renamed from m
    felt "App ""2""".feeling default 'a');
-- schemadiff: renamed from f
create function "App ""2""".g("App ""2""".people, "App ""2""".feeling) returns "App ""2""".feeling language sql return $2;
create table "App ""2""".log (u integer references "App ""2""".people (id));
create view public.v as select id, felt as m from "App ""2""".people where felt = 'a'::"App ""2""".feeling;
