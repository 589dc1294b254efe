create table t (id int);
create table n (id int primary key);
create function kept() returns int language sql as 'select 2';
create view v as select kept() as k;
