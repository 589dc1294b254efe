create schema "S s";
create table p (a int, b int);
alter table p add constraint "K k" check (a > 0) not valid;
create table first () inherits (p);
