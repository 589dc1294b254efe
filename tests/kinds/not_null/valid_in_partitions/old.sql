create table p (a int, b int) partition by list (a);
create table p1 partition of p for values in (1);
create table "P 2" partition of p for values in (2) partition by list (b);
create table p21 partition of "P 2" for values in (1);
create table "P 22" partition of "P 2" default;
alter table p add constraint "N b" not null b not valid;
alter table p1 validate constraint "N b";
alter table "P 22" validate constraint "N b";
