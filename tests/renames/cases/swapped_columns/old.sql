create table t (a integer not null default 1, b integer, c text, d text check (d <> 'd'));
create index i on t (a, b);
create view v as select a, b from t;
