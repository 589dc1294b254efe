create schema "S";
create function "S"."Check"(text[], oid) returns boolean language sql as 'select true';
create foreign data wrapper w validator "S"."Check" options (a '1');
create server s foreign data wrapper w;
