create type span as range (subtype = integer, multirange_type_name = spans);
create table keep (id integer);
