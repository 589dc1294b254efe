-- roles: case_server_a, case_server_b
create foreign data wrapper w;
create server "My ""server"".é" type 't' foreign data wrapper w options (host 'b', dbname 'x''y');
create server s2 version '2' foreign data wrapper w;
alter server s2 owner to case_server_b;
grant usage on foreign server s2 to public;
create foreign table t (a integer) server "My ""server"".é";
