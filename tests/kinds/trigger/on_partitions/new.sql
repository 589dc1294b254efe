create table p (id int, a int) partition by range (id);
create table p1 partition of p for values from (1) to (10);
create table p2 partition of p for values from (10) to (20);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger a before insert or update on p for each row execute function f();
create trigger own before insert on p1 for each row execute function f();
