-- roles: case_mapping, Case "mapping".ü
create foreign data wrapper w;
create server "S 1" foreign data wrapper w;
create user mapping for case_mapping server "S 1" options (password 'b''c', "user" 'u', "Came" '1');
create user mapping for "Case ""mapping"".ü" server "S 1" options (password 'x');
