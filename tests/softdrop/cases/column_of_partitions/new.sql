create table t (id int not null, at date) partition by range (at);
create table t_1 partition of t for values from ('2026-01-01') to ('2026-02-01');
