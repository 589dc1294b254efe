create table base (id integer, "Mark" integer, constraint "Some" check ("Mark" > 0));
create table second (day date, gone integer not null);
create table heir (own text) inherits (base, second);
