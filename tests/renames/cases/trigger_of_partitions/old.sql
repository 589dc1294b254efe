create table p (a integer) partition by list (a);
create table p1 partition of p for values in (1);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger was after insert on p for each row execute function f();
alter table p1 disable trigger was;
