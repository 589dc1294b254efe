create function nothing(text) returns integer language sql immutable return null::integer;
create function none_of_many(text) returns bigint language sql immutable return null::bigint;
create function no_boolean(text) returns boolean language sql immutable return null::boolean;
create cast (text as integer) with function nothing(text) as implicit;
create cast (text as bigint) with function none_of_many(text) as implicit;
create cast (text as boolean) with function no_boolean(text) as implicit;
create table t (a integer default 1 check (a > 0), b text);
