-- roles: ada
create schema "E x";
create extension hstore schema public;
grant execute on function hstore(text, text) to ada;
