create table t (id int primary key, a int);
create function g() returns trigger language plpgsql as 'begin return new; end';
create trigger a before insert or delete on t for each row execute function g();
create trigger b before insert on t for each row execute function g();
alter table t enable replica trigger b;
comment on trigger a on t is 'kept';
