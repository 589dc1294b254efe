create schema "Other";
create type "Other"."Span" as range (subtype = integer, multirange_type_name = "Other"."All spans");
create table held (id integer, span "Other"."Span");
create type late as range (subtype = integer, multirange_type_name = "Other".many);
