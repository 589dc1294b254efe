-- roles: case_lang
create trusted language "Lang ""1""" handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator;
create function f() returns integer language "Lang ""1""" as 'begin return 1; end';
comment on language "Lang ""1""" is 'new';
alter language "Lang ""1""" owner to case_lang;
revoke usage on language "Lang ""1""" from public;
create trusted language "user" handler plpgsql_call_handler;
grant usage on language "user" to case_lang;
