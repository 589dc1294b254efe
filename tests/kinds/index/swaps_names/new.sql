create table t (a int, b int);
create index j on t (a);
create index i on t (b);
