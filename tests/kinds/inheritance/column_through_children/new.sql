create table a (id bigint, x int not null default 7, n text);
create table b (y int) inherits (a);
create table c () inherits (b);
alter table c alter column x set default 9;
