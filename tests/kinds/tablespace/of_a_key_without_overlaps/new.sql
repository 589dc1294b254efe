create table t (id int4range, during daterange, primary key (id, during without overlaps) using index tablespace slow);
create table n (id int4range, during daterange, unique (id, during without overlaps) using index tablespace slow);
create table kept (id int) tablespace fast;
