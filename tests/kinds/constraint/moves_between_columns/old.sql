create table r (id int primary key, x int unique);
create table t (a int, b int, constraint f foreign key (a) references r);
