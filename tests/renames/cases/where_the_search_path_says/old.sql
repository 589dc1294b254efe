create schema one;
create schema two;
create table one.t (a integer);
create table two.t (a integer);
create table two.u (a integer);
