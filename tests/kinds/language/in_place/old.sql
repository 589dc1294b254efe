-- roles: case_lang
create trusted language "Lang ""1""" handler plpgsql_call_handler;
create function f() returns integer language "Lang ""1""" as 'begin return 1; end';
create language gone handler plpgsql_call_handler inline plpgsql_inline_handler;
comment on language "Lang ""1""" is 'old';
