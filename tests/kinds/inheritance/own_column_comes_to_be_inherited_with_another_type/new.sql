create table base (id integer, "Mark" numeric(8, 2) not null);
create table middle () inherits (base);
create table "Heir" ("Mark" numeric(8, 2) default 7, own text) inherits (middle);
create table grandchild ("Mark" numeric(8, 2) not null) inherits ("Heir");
