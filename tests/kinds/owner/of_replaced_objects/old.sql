-- roles: alice
create table t (id int, a int);
create view v as select id, a from t;
alter view v owner to alice;
create function f(a int) returns int language sql as 'select 1';
alter function f owner to alice;
