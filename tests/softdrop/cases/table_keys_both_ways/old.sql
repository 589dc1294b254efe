create table a (id int primary key);
create table t (id int primary key, a int references a, self int references t, unique (id, a));
create table b (id int primary key, t int references t on delete cascade);
