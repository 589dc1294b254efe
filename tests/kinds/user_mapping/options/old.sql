-- roles: case_mapping, Case "mapping".ü
create foreign data wrapper w;
create server "S 1" foreign data wrapper w;
create user mapping for case_mapping server "S 1" options (password 'a', "user" 'u', gone '1');
create user mapping for public server "S 1";
