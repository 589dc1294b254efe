-- roles: case_fdw_a, case_fdw_b
create extension file_fdw;
create foreign data wrapper "Änder ""me"".x" options ("B c" 'its', a '1', "select" 'x\y');
comment on foreign data wrapper "Änder ""me"".x" is 'new';
alter foreign data wrapper "Änder ""me"".x" owner to case_fdw_a;
grant usage on foreign data wrapper "Änder ""me"".x" to case_fdw_b with grant option;
create foreign data wrapper "user" handler public.file_fdw_handler validator public.file_fdw_validator;
