create domain d as int default 5 not null;
create table t (a d, b d[]);
