create table t (id int primary key, a bigint not null default 5, b int generated always as (a + 1) stored, r int unique,
    check (a > 0), up int references t);
create index t_a on t (a);
create index t_expr on t ((a + 1)) where a > 3;
create view v as select id, a from t;
create view w as select a from v;
create materialized view m as select a, count(*) as n from t group by a;
create unique index m_a on m (a);
create rule r as on update to t where new.a = 3 do also select 1;
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger tr after update of a on t for each row when (new.a > 1) execute function tf();
alter table t enable row level security;
create policy p on t using (a > 2);
create statistics s on a, r from t;
create function g() returns int language sql begin atomic select a::int from t; end;
comment on view v is 'v';
comment on index t_expr is 'expr';
grant select on v to public;
