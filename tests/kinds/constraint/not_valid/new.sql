create table r (id int primary key);
create table t (a int check (a < 10), r int);
alter table t add constraint c check (a > 0);
alter table t add constraint f foreign key (r) references r;
alter table t add constraint d check (a > 5) not valid;
