create function f() returns trigger language plpgsql as 'begin return null; end';
create table t (id int);
create trigger a after insert on t referencing new table as "N x" for each statement execute function f();
create trigger b after update on t referencing old table as o new table as n for each statement execute function f('it''s', '\');
