create table t (id int not null, at date not null, v text, primary key (id, at)) partition by range (at);
create table t_1 partition of t for values from ('2026-01-01') to ('2026-02-01') partition by list (id);
create table t_1_a partition of t_1 for values in (1);
create table t_2 partition of t default;
create index t_v on t (v);
create function f() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr before insert on t for each row execute function f();
create table keep (id int);
