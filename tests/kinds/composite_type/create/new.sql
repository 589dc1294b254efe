create type a as (x int);
create type b as (a a, "as" a[], t text collate "C");
create table t (b b);
create function f(b) returns a language sql as 'select ($1).a';
