create table r (id int primary key);
create table t (a int check (a > 0) not enforced, r int references r, s int references r not enforced);
