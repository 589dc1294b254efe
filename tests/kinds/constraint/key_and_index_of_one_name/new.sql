create table t (id int, k int);
alter table t add constraint one unique (id);
create unique index other on t (k);
create table o (a int);
create index moves on t (k);
