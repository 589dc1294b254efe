create table t (id int);
create view v as select id from t;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger vt instead of insert on v for each row execute function f();
