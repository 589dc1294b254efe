create schema a;
create schema b;
create table a.p (id int primary key) partition by range (id);
