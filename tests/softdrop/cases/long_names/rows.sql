insert into t (id, a_name_that_is_as_long_as_postgresql_keeps_them_and_ends_in_3) values (1, 'c');
