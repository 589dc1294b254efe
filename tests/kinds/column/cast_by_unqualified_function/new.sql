create schema "Register";
set search_path = "Register";
create type organisation as (name text, city text);
create function organisation(text) returns organisation
    language sql immutable as 'select row($1, null)::organisation';
create cast (text as organisation) with function organisation;
create table paper (id int primary key, publisher organisation, authors organisation[]);
create index on paper ((publisher is null)) where publisher is not null;
reset search_path;
