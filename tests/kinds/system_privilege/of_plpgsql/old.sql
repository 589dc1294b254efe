-- roles: case_ann, "Case bob"
grant usage on language plpgsql to "Case bob" with grant option;
revoke execute on function pg_catalog.plpgsql_inline_handler(internal) from public;
grant usage on language sql to case_ann;
