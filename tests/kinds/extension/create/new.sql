create extension citext;
create extension hstore;
create table t (id int, a citext default 'x', h hstore);
create index t_a on t (a);
comment on extension citext is 'mine';
