create table customers (id bigint generated always as identity primary key, email text not null);
create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null,
    total numeric(10, 2) not null,
    placed_on date not null default current_date
);
create index orders_placed_idx on orders (placed_on);
