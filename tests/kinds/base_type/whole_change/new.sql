create type whole;
create function whole_in(cstring) returns whole language internal immutable strict as 'int8in';
create function whole_out(whole) returns cstring language internal immutable strict as 'int8out';
create type whole (internallength = 8, alignment = double, input = whole_in, output = whole_out, passedbyvalue);
create table t (id int, w whole);
create function uses(w whole) returns int language sql as 'select 1';
comment on function whole_in(cstring) is 'reads';
