create table t (id int);
comment on schema public is null;
