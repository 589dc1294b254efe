create table r (id int primary key, j int unique);
create table t (id int primary key, a int check (a > 0), b int unique, r int references r);
