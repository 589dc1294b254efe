create type mood as enum ('sad', 'ok', 'meh', 'happy');
create domain dm as mood;
create table t (id integer, m mood default 'meh', ms mood[], d dm);
create index on t (m) where m = 'sad';
create view v as select m from t where m = 'sad';
