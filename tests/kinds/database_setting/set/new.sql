-- roles: "Some %role", reader
do $$begin
    execute format('alter database %I set work_mem to ''32MB''', current_database());
    execute format('alter database %I set search_path to ''''', current_database());
    execute format('alter database %I set timezone to ''UTC''', current_database());
    execute format('alter role "Some %%role" in database %I set "DateStyle" to ''ISO, DMY''', current_database());
end$$;
create table t (id int);
