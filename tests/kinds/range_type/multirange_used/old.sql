create type r as range (subtype = float8, multirange_type_name = rs);
create table t (id int primary key, x rs);
