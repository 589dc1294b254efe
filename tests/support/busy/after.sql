create function stamp() returns trigger language plpgsql as $$ begin new.touched := now(); return new; end $$;

create table pgbench_branches (
    bid int primary key, bbalance int not null default 0, filler char(88), opened date default '2024-01-01'
) with (fillfactor = 90);
create table pgbench_tellers (
    tid int primary key, bid int not null references pgbench_branches (bid), tbalance int, filler char(84),
    check (tid > 0)
) with (fillfactor = 100);
create table pgbench_accounts (
    aid int primary key, bid int not null references pgbench_branches (bid), abalance int, filler char(84),
    touched timestamptz, check (abalance between -2000000000 and 2000000000)
) with (fillfactor = 100);
create index pgbench_accounts_bid on pgbench_accounts (bid);
create trigger stamp before update on pgbench_accounts for each row execute function stamp();
create table pgbench_history (
    tid int references pgbench_tellers (tid), bid int, aid int references pgbench_accounts (aid), delta int,
    mtime timestamp not null, filler char(22), source text default 'bench'
);
create index pgbench_history_aid on pgbench_history (aid);
comment on table pgbench_history is 'Grows by a row for each transaction';

create type state as enum ('open', 'paid', 'refunded');
create table region (id int primary key, name varchar(60) not null unique);
create table customer (
    id int primary key, email varchar(120) not null, name text, region int not null references region (id),
    credit numeric(12, 2) default 0, level int not null default 1,
    constraint customer_email unique (email), check (credit > -1000000)
);
create index customer_name on customer (lower(name));
create statistics customer_where on region, level from customer;
create table sale (
    id bigint generated always as identity, customer_id int not null, amount numeric(12, 2), state state not null,
    day date not null, note text, primary key (id, day), check (amount >= 0)
) partition by range (day);
create table sale_2024 partition of sale for values from ('2024-01-01') to ('2025-01-01');
create table sale_2025 partition of sale for values from ('2025-01-01') to ('2026-01-01');
create table sale_2026 partition of sale for values from ('2026-01-01') to ('2027-01-01');
create table sale_2027 partition of sale for values from ('2027-01-01') to ('2028-01-01');
create index sale_state on sale (state, day);
create index sale_customer on sale (customer_id);
create table audit (
    id bigint generated always as identity primary key, customer_id int, what text not null, at timestamptz not null default now()
);
create index audit_at on audit (at);
alter table audit enable row level security;
create policy everybody on audit using (true) with check (true);
create view customers as select id, email, name, level from customer;
