create table p (id int, a int) partition by list (id);
alter table p add constraint z unique (id);
create index zi on p (a);
create table q (id int) partition by list (id);
create table q1 partition of q for values in (1, 2);
alter table q add constraint z2 unique (id);
