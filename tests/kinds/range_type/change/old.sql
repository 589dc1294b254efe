create type r as range (subtype = float8);
create table t (id int primary key, x r, xs r[]);
create function f(r) returns float8 language sql as 'select lower($1)';
