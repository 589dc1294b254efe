create table pgbench_branches (bid int primary key, bbalance int, filler char(88)) with (fillfactor = 100);
create table pgbench_tellers (tid int primary key, bid int, tbalance int, filler char(84)) with (fillfactor = 100);
create table pgbench_accounts (aid int primary key, bid int, abalance int, filler char(84)) with (fillfactor = 100);
create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));

create type state as enum ('open', 'paid');
create table region (id int primary key, name varchar(20));
create table customer (
    id int primary key, email varchar(40) not null, name text, region int, credit numeric(8, 2) default 0, notes text
);
create index customer_name on customer (name);
create index customer_region on customer (region);
create table sale (
    id bigint generated always as identity, customer_id int not null, amount numeric(8, 2), state state not null, day date not null,
    primary key (id, day)
) partition by range (day);
create table sale_2024 partition of sale for values from ('2024-01-01') to ('2025-01-01');
create table sale_2025 partition of sale for values from ('2025-01-01') to ('2026-01-01');
create table sale_2026 partition of sale for values from ('2026-01-01') to ('2027-01-01');
create index sale_state on sale (state);
create table audit (id bigint generated always as identity primary key, customer_id int, what text, at timestamptz default now());
create view customers as select id, email, name from customer;
