create table t (id int primary key, v text);
create table keep (id int);
create view one as select * from t;
create view two as select one.id from one join keep using (id);
create materialized view three as select * from t;
create function count_of() returns bigint language sql begin atomic select count(*) from t; end;
