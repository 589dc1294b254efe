create function span(integer, integer) returns integer language sql as 'select 1';
create table spans (id integer);
create table keep (id integer);
