create function f() returns trigger language plpgsql as 'begin return null; end';
create table t (id int);
create trigger a after insert on t referencing new table as n for each statement execute function f();
