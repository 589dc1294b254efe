create table t (id int);
create view v as select id from t;
create function f(v) returns int language sql begin atomic select ($1).id; end;
create or replace view v as select id, 2 as x from t where id > 1;
create view w as select f(v) from v;
