create table t (id int, a text);
create unique index i on t (a desc);
create index j on t (lower(a));
alter index j alter column 1 set statistics 200;
comment on index i is 'kept';
