-- tablespaces: fast, slow
create table t (a int, b text) tablespace fast;
create index i on t (a) tablespace slow where a > 0;
create materialized view m tablespace fast as select a from t;
create index mi on m (a) tablespace slow;
alter table t add constraint k unique (a) using index tablespace slow;
create table p (a int) partition by list (a) tablespace fast;
