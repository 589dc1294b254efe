-- roles: case_server_a, case_server_b
create foreign data wrapper w;
create server "My ""server"".é" type 't' version '1' foreign data wrapper w options (host 'a', port '1');
create server s2 foreign data wrapper w;
comment on server s2 is 'two';
grant usage on foreign server s2 to case_server_a;
create foreign table t (a integer) server "My ""server"".é";
