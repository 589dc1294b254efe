create table p (a int, b int, primary key (a) using index tablespace fast) partition by range (a) tablespace slow;
create table p1 partition of p for values from (1) to (10) tablespace fast;
create table p2 partition of p for values from (10) to (20) partition by list (a);
create table p21 partition of p2 for values in (11);
create table p22 partition of p2 for values in (12) tablespace pg_default;
create table p3 partition of p default;
create index i on p (b) tablespace slow;
create table kept (id int) tablespace fast;
