create table parent (a int, "B" text default 'new', c int default 3);
create table others (id int);
create function one() returns int stable begin atomic select 1 from others limit 1; end;
create table "Heir" (x int) inherits (parent);
alter table parent alter column a set default one();
