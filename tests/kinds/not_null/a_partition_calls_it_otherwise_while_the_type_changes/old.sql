create table whole (id integer not null, at integer) partition by list (at);
create table first partition of whole (id constraint "Mine" not null) for values in (1);
create table second partition of whole for values in (2);
