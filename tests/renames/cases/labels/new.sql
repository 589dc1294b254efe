create schema "S";
create type "S"."Mood" as enum (
    -- schemadiff: renamed from sad
    'unhappy',
    'fine', -- schemadiff: renamed from 'it''s ok'
    -- schemadiff: renamed from a
    'b',
    -- schemadiff: renamed from b
    'a',
    -- schemadiff: renamed from Done
    'done',
    'new'
);
create table t (m "S"."Mood" default 'unhappy', ms "S"."Mood"[], check (m <> 'b'));
create index on t (m) where m = 'a';
create view v as select m from t where m > 'unhappy';
