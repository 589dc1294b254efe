create table t (a bigint, b text) tablespace fast;
create index i on t (a, b) tablespace slow where a > 1;
create materialized view m tablespace fast as select a, b from t;
create index mi on m (a) tablespace slow;
alter table t add constraint k unique (a, b) using index tablespace slow;
create table p (a int) partition by range (a) tablespace fast;
