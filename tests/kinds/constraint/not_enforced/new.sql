create table r (id int primary key);
create table t (a int check (a > 0), r int references r not enforced, s int references r, z int check (z > 0) not enforced);
