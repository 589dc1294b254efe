-- tablespaces: fast, slow
create table t (id int4range, during daterange, primary key (id, during without overlaps));
create table kept (id int) tablespace fast;
