-- roles: case_fdw_a, case_fdw_b
create extension file_fdw;
create foreign data wrapper plain;
create foreign data wrapper "Änder ""me"".x" handler public.file_fdw_handler options (a '1', "B c" 'it''s', gone 'x\y');
comment on foreign data wrapper "Änder ""me"".x" is 'old';
grant usage on foreign data wrapper "Änder ""me"".x" to case_fdw_a;
