create table base (id bigint not null, "Mark" text constraint named not null);
create table middle (id bigint not null) inherits (base);
create table "Heir" (id bigint not null, "Mark" text constraint "Mine" not null) inherits (middle);
create table plain () inherits (base);
