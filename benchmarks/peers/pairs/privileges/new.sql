-- Privileges on a schema, tables, a column and a function, defaults and an owner
create schema shop;
create table shop.goods (id bigint primary key, name text, price numeric);
create function shop.price(bigint) returns numeric language sql stable as $$ select price from shop.goods where id = $1 $$;
grant usage on schema shop to app_reader, app_writer;
grant select on shop.goods to app_reader;
grant update (price) on shop.goods to app_writer;
grant insert on shop.goods to app_writer with grant option;
revoke execute on function shop.price(bigint) from public;
grant execute on function shop.price(bigint) to app_writer;
alter default privileges in schema shop grant select, insert on tables to app_writer;
alter table shop.goods owner to app_owner;
