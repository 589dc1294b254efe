create schema s;
create function s.diff(date, date) returns float8 language sql immutable as 'select ($1 - $2)::float8';
create type days as range (subtype = date, subtype_diff = s.diff);
