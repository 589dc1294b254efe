create table r (id int, x int);
create unique index u on r (x);
create table t (a int);
