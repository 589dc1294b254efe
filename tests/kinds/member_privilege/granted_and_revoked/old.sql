-- roles: ada, "Bob B"
create extension hstore;
