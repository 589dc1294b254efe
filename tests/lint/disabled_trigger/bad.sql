-- finds: trigger public.T.o"ff
create table "T" (id int);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger "o""ff" before insert on "T" for each row execute function f();
alter table "T" disable trigger "o""ff";
