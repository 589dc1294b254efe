create table t (id int primary key, a int, b int, constraint "U x" unique (a));
comment on index "U x" is 'gone';
