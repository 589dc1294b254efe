create table t (c int); create table r (t int);
