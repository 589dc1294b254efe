-- schemadiff: map 'meh' to 'ok'
create type mood as enum ('sad', 'ok',
    -- schemadiff: map 'happy' to 'it''s \o/'
    'it''s \o/');
create domain dm as mood;
create table t (id integer, m mood default 'ok', ms mood[], d dm);
create index on t (m) where m = 'sad';
create view v as select m from t where m = 'sad';
