create type floats as range (subtype = float8, subtype_diff = float8mi);
create type "Texts" as range (subtype = text, collation = "C", multirange_type_name = many_texts);
create table t (id int, r floats, m floats[]);
