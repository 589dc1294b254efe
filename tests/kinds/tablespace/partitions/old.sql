-- tablespaces: fast, slow
create table p (a int, b int, primary key (a)) partition by range (a);
create table p1 partition of p for values from (1) to (10);
create table p2 partition of p for values from (10) to (20) partition by list (a);
create table p21 partition of p2 for values in (11);
create index i on p (b);
create table kept (id int) tablespace fast;
