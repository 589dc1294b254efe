create function f() returns trigger language plpgsql as 'begin return new; end';
create table p (id int, a int) partition by list (id);
create table p1 partition of p for values in (1, 2, 3) partition by list (id);
create table p11 partition of p1 for values in (1);
create trigger "T r" after insert on p for each row execute function f();
create trigger u after insert on p for each row execute function f();
create trigger comes after insert on p for each row execute function f();
alter table only p1 disable trigger "T r";
alter table only p1 disable trigger u;
