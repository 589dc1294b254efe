create table t (id int, a text);
create index i on t (a);
create index j on t (lower(a));
alter index j alter column 1 set statistics 100;
comment on index i is 'kept';
