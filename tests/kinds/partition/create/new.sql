create table p (id int not null, at date not null, v text default 'x', primary key (id, at), check (id > 0)) partition by range (at);
create index p_v on p (v);
create table p1 partition of p for values from ('2024-01-01') to ('2025-01-01');
create table p2 partition of p for values from ('2025-01-01') to ('2026-01-01') partition by range (id);
create table p2a partition of p2 for values from (1) to (5);
create table p2d partition of p2 default;
create table pd partition of p default;
create index p1_own on p1 (id);
