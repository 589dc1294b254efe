create schema shop;
create table shop.goods (id bigint primary key, name text, price numeric);
create function shop.price(bigint) returns numeric language sql stable as $$ select price from shop.goods where id = $1 $$;
grant usage on schema shop to app_reader;
grant select, insert on shop.goods to app_reader;
alter default privileges in schema shop grant select on tables to app_reader;
