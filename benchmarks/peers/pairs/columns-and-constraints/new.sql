-- A table gets columns, checks, a unique and a foreign key, and indexes
create table customers (id bigint generated always as identity primary key, email text not null, unique (email));
create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers (id) on delete cascade,
    total numeric(12, 2) not null,
    placed_on date not null default current_date,
    note text,
    priority smallint not null default 3,
    constraint orders_total_check check (total >= 0),
    constraint orders_priority_check check (priority between 1 and 5)
);
create index orders_customer_idx on orders (customer_id) include (total);
create index orders_placed_idx on orders (placed_on desc) where priority > 3;
