create table "One" (a int, u text, t date[], g bigint generated always as (a * 2) stored);
create table heir () inherits ("One");
create table grand () inherits (heir);
create view v as select t from grand;
