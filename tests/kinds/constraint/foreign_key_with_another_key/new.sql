create table r (id int, x int, constraint v unique (x));
create table t (a int references r (x));
