-- roles: alice
create table t (id int, a int);
create view v as select a, id from t;
alter view v owner to alice;
create function f(b int) returns int language sql as 'select 1';
alter function f owner to alice;
