-- roles: "Some %role", reader
do $$begin
    execute format('alter database %I set work_mem to ''64MB''', current_database());
    execute format('alter database %I set search_path to public, "$user", "S x"', current_database());
    execute format('alter database %I set my.setting to ''it''''s 100%% {ok}''', current_database());
    execute format('alter role reader in database %I set statement_timeout to 1000', current_database());
end$$;
create table t (id int);
