-- roles: case_ann, "Case bob"
revoke usage on language plpgsql from public;
grant usage on language plpgsql to case_ann;
grant execute on function pg_catalog.plpgsql_call_handler() to "Case bob";
revoke execute on function pg_catalog.plpgsql_validator(oid) from public;
grant usage on language sql to case_ann;
