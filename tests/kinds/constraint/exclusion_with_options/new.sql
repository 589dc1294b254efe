create table t (a int4range);
alter table t add constraint x exclude using gist (a with &&) with (fillfactor = 70) where (not isempty(a)) deferrable;
create table n (a int4range, exclude using gist (a with &&) with (fillfactor = 60));
