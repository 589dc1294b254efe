create table "One" (a int);
create table heir (t text, u text, g int generated always as (a + 1) stored) inherits ("One");
create table grand () inherits (heir);
create view v as select t from grand;
