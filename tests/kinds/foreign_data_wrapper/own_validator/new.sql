create schema "S";
create foreign data wrapper w options (a '2');
create server s foreign data wrapper w;
