create table t (id int, z int);
create function z_first(int) returns int language sql begin atomic select count(z)::int from t; end;
create function a_second() returns int language sql begin atomic select z_first(1) + z_first(2); end;
create view b_third as select a_second() as n;
create procedure c() begin atomic insert into t values (1, 2); delete from t where id = a_second(); end;
