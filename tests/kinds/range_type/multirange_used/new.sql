create type r as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = rs);
create table t (id int primary key, x rs);
