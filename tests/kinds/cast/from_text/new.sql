create function nothing(text) returns integer language sql immutable return null::integer;
create function none_of_many(text) returns bigint language sql immutable return null::bigint;
create function no_boolean(text) returns boolean language sql immutable return null::boolean;
create cast (text as integer) with function nothing(text) as assignment;
create cast (text as bigint) with function none_of_many(text);
create cast (text as boolean) with function no_boolean(text) as implicit;
create table t (a integer default 1 check (a > 0), b text default 'x', c integer generated always as identity);
create index on t (b);
