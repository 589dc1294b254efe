create table base (id integer, "Mark" integer not null);
create table second ("Mark" integer not null);
create table heir ("Mark" integer) inherits (base);
create table grandchild (own integer) inherits (heir);
create table of_two () inherits (base, second);
