create schema "S";
create type "S"."Mood" as enum ('sad', 'it''s ok', 'a', 'b', 'Done');
create table t (m "S"."Mood" default 'sad', ms "S"."Mood"[], check (m <> 'a'));
create index on t (m) where m = 'b';
create view v as select m from t where m > 'sad';
