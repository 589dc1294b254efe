create table p (id int) partition by range (id);
create table t (id int);
create table heir (more int) inherits (t);
create table kept (id int, more int) inherits (t);
