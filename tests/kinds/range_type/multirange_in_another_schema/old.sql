create schema "Other";
create type "Other"."Span" as range (subtype = double precision, multirange_type_name = public."Spans");
create table held (id integer, span "Other"."Span");
create type early as range (subtype = integer, multirange_type_name = "Other".many);
