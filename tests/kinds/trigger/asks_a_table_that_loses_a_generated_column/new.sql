create function f() returns trigger language plpgsql as 'begin return new; end';
create table p (id int, a int) partition by list (id);
create table "P 1" partition of p default;
create trigger b before update on "P 1" for each row when (new.* is not null) execute function f();
create table t (a int);
create trigger b before insert on t for each row when (new.* is distinct from row(1)) execute function f();
