create table p (id int primary key, a int) partition by list (id);
create table p1 partition of p for values in (1) partition by list (id);
create table p11 partition of p1 for values in (1);
create table "P 2" partition of p default;
alter table p add constraint "F x" foreign key (a) references p;
