create table keep (id int); grant insert on keep to soft_reader;
