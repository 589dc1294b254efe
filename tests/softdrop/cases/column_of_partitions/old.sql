create table t (id int not null, at date, c text default 'x') partition by range (at);
create table t_1 partition of t for values from ('2026-01-01') to ('2026-02-01');
create index on t (c);
