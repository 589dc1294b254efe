create table base (id integer);
create table middle () inherits (base);
create table "Heir" ("Mark" integer default 7, own text) inherits (middle);
create table grandchild ("Mark" integer not null) inherits ("Heir");
