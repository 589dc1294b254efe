create table p (id int) partition by range (id);
create table t partition of p default;
create table kept (id int, more int);
