create collation c (provider = libc, locale = 'C');
create domain d as text collate c;
create table t (id integer, a text collate c default 'x' not null, b varchar(20) collate c, e d);
create index i on t (a);
create view v as select a, b from t;
