-- roles: alice
create table t (id int, a int);
create view v as select a, id from t;
grant select on v to alice;
create function f(b int) returns int language sql as 'select 1';
revoke execute on function f from public;
create materialized view m as select a from t;
grant select on m to alice;
