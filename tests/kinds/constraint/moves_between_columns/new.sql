create table r (id int, x int primary key);
create table t (a int, b int, constraint f foreign key (b) references r);
