create table t (id int);
create view v as select id from t;
create function f() returns bigint language sql begin atomic select count(*) from v; end;
create view w as select f() as n;
