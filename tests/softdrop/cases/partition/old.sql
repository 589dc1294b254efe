create table t (id int not null, at date not null, v text check (v <> ''), primary key (id, at)) partition by range (at);
create table t_1 partition of t for values from ('2026-01-01') to ('2026-02-01');
create table t_2 partition of t for values from ('2026-02-01') to ('2026-03-01');
create index t_v on t (v);
create function f() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr before insert on t for each row execute function f();
create table other (id int primary key);
alter table t add column o int references other;
