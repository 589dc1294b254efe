create schema a; create schema b;
create table a.t (id int primary key); create table b.t (id int primary key); create table t (id int primary key);
alter table a.t add foreign key (id) references b.t;
