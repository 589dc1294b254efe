create type later;
create function later_in(cstring) returns later language internal immutable strict as 'int4in';
create function later_out(later) returns cstring language internal immutable strict as 'int4out';
create type later (internallength = 4, input = later_in, output = later_out, passedbyvalue);
