create schema other;
create table two (id int, constraint "Key" primary key (id));
create table holds (id int, one two);
