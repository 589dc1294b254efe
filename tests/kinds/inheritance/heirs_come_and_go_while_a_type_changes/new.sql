create type "Grade" as enum ('low', 'high');
create table base (id integer, "Mark" "Grade");
create table middle ("Mark" "Grade") inherits (base);
create table comes ("Mark" "Grade" default 'low') inherits (middle);
