create schema sales;
create type sales.state as enum ('new', 'paid', 'sent');
create table customer (id bigint generated always as identity primary key, email varchar(320) not null unique, born date);
comment on table customer is 'Who buys';
create table sales."Order" (
    id bigint primary key,
    customer_id bigint not null references customer (id) on delete cascade,
    state sales.state not null default 'new',
    "Placed at" timestamptz not null default now(),
    settled timestamp(3)
);
create table sales.line (
    order_id bigint references sales."Order" (id), number integer, price numeric(10, 2) not null,
    follows_order bigint, follows integer,
    primary key (order_id, number),
    foreign key (follows_order, follows) references sales.line (order_id, number)
);
create table event (id bigint, at date, customer_id bigint references customer (id), primary key (id, at)) partition by range (at);
create table event_2025 partition of event for values from ('2025-01-01') to ('2026-01-01') partition by range (at);
create table event_2025_a partition of event_2025 for values from ('2025-01-01') to ('2025-07-01');
create table person (name text);
create table employee (badge integer unique) inherits (person);
create table seen (event_id bigint, event_at date, foreign key (event_id, event_at) references event (id, at));
create view spent as select c.id, sum(l.price) as total from customer c
    join sales."Order" o on o.customer_id = c.id join sales.line l on l.order_id = o.id group by c.id;
create materialized view big as select * from spent where total > 1000;
