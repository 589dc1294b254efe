insert into "My Schema".keep (id) values (9);
