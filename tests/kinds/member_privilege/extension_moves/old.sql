-- roles: ada
create schema "E x";
create extension hstore schema "E x";
grant execute on function "E x".hstore(text, text), "E x".akeys("E x".hstore) to ada;
