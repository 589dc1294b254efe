create table t (id int, k int);
create unique index one on t (id);
alter table t add constraint other unique (k);
create table o (a int);
create index moves on o (a);
