create table p (id int primary key, a int) partition by list (id);
create table p1 partition of p for values in (1);
alter table p add constraint "F x" foreign key (a) references p;
