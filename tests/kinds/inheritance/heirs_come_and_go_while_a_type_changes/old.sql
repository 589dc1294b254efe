create type "Grade" as enum ('low', 'high');
create table base (id integer, "Mark" integer);
create table middle ("Mark" integer) inherits (base);
create table a_goes ("Mark" integer default 7) inherits (middle);
