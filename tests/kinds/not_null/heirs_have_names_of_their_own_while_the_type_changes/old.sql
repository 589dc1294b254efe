create table base (id integer not null, "Mark" integer constraint named not null);
create table middle (id integer not null) inherits (base);
create table "Heir" (id integer not null, "Mark" integer constraint "Mine" not null) inherits (middle);
create table plain () inherits (base);
