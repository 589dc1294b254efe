create table r (id int primary key);
create table t (a int, r int);
alter table t add constraint c check (a > 0) not valid;
alter table t add constraint f foreign key (r) references r not valid;
