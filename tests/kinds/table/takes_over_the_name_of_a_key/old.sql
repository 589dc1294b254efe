create schema other;
create table one (id int, constraint "Key" primary key (id));
create table holds (id int, one one);
